import type { BackboneName, EncoderConfig, Stem } from '../core/config';
import { Fault, inFile } from '../core/fault';
import { readSafetensors, type Tensor } from '../core/formats/safetensors';
import type { NamedArray } from '../core/records';
import { MEAN, STD } from './augment/views';
import { architecture } from './backbones/architecture';
import { BACKBONES, FIXED_SHAPE } from './backbones/registry';
import { backboneWeights } from './encoder';
import { dequantised } from './quantised';
import { weightsFromFile } from './torch_layout';
import { owned, type WeightSpec } from './weights';

/** What of a config its weights decide. */
export type StartEncoder = Pick<EncoderConfig, 'backbone' | 'width' | 'stem'>;

/** A backbone's weights out of a file, in our layout, for our views. */
export interface StartWeights {
  encoder: StartEncoder;
  weights: Record<string, NamedArray>;
  /** Pixels of the views that it was trained on, where the file says so. */
  side?: number;
}

/** What torchvision's and timm's ResNets are fed: (x - mean) / deviation of pixels in 0 .. 1, channel by channel. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

const WIDTHS = [16, 32, 64] as const;

/**
 * Reads a backbone's weights as torchvision, timm and this app write them, and as they come with the page. The head
 * ('fc.') is left aside: it belongs to what the network was trained for.
 * @throws Fault('file') saying what the file is instead, or which tensor is missing, unknown, misshapen or not a number
 */
export function readStartWeights(file: string, bytes: ArrayBuffer): StartWeights {
  const { metadata, tensors } = inFile(file, () => dequantised(readSafetensors(bytes)));
  const body = new Map([...tensors].filter(([name]) => !name.startsWith('fc.')));
  const encoder = encoderOf(file, body);
  const { layout } = BACKBONES[encoder.backbone](encoder);
  const weights = weightsFromFile(file, body, '', weightsOf(encoder), layout);
  if (layout === 'torchvision' && metadata.producer !== 'Lookalike') fitToViews(weights);
  const side = Number(metadata.side);
  return { encoder, weights, ...(side >= 8 ? { side } : {}) };
}

const weightsOf = (encoder: StartEncoder): WeightSpec[] =>
  backboneWeights(architecture({ ...encoder, head: 'linear', dim: 2 }));

/** Which of our backbones has these tensors: a ResNet by its blocks, the channels of its stem and the size of its window. */
function encoderOf(file: string, tensors: ReadonlyMap<string, Tensor>): StartEncoder {
  const refuse = (what: string): never => {
    throw new Fault(
      'file',
      `${file}: ${what}.`,
      'Use the weights of a ResNet-18, 34 or 50 of torchvision or timm, or a model.safetensors saved by this app.',
    );
  };
  const names = Object.keys(BACKBONES) as BackboneName[];
  for (const backbone of names) {
    const encoder = { backbone, ...FIXED_SHAPE };
    if (BACKBONES[backbone](encoder).layout === 'keras' && tensors.has(weightsOf(encoder)[0].name)) return encoder;
  }
  const [channels, , window] = tensors.get('conv1.weight')?.shape ?? [];
  if (!channels) return refuse("this is not a backbone that is known here: it has no tensor 'conv1.weight'");
  const width = WIDTHS.find((one) => one === channels) ?? refuse(`its stem has ${channels} channels, not 16, 32 or 64`);
  const stem: Stem =
    window === 7 ? 'imagenet' : window === 3 ? 'cifar' : refuse(`its stem's window is ${window} pixels`);
  const blocks = blocksOf(tensors);
  const found = names.find((backbone) => {
    const own = new Set(weightsOf({ backbone, width, stem }).map(({ name }) => name));
    return blocksOf(own) === blocks;
  });
  const backbone = found ?? refuse(`no ResNet here has ${blocks}`);
  return { backbone, width, stem };
}

/** What a ResNet with tensors of these names is made of: '3, 4, 6, 3 bottleneck blocks'. */
function blocksOf(names: { has(name: string): boolean }): string {
  const counts = [1, 2, 3, 4].map((stage) => {
    let count = 0;
    while (names.has(`layer${stage}.${count}.conv1.weight`)) count++;
    return count;
  });
  return `${counts.join(', ')} ${names.has('layer1.0.conv3.weight') ? 'bottleneck' : 'basic'} blocks`;
}

/**
 * Takes the change from ImageNet's normalisation to ours into the first convolution and the norm after it, so that one
 * encoder serves both: w (x - m) / d = w (STD / d) v + w (MEAN - m) / d, and the norm takes the constant off again. Exact
 * but for the outermost pixels, whose padding is grey here and ImageNet's mean there.
 */
function fitToViews(weights: Record<string, NamedArray>): void {
  const { shape, data: kernel } = weights['conv1.weight']; // [k, k, 3, O]
  const mean = weights['bn1.running_mean'].data;
  const outputs = shape[3];
  for (let i = 0; i < kernel.length; i++) {
    const colour = Math.floor(i / outputs) % 3;
    mean[i % outputs] -= (kernel[i] * (MEAN - IMAGENET.mean[colour])) / IMAGENET.deviation[colour];
    kernel[i] *= STD / IMAGENET.deviation[colour];
  }
}

/** A fresh run's variables with the backbone's weights in the place of random ones: the query encoder's, and a key encoder's. */
export function startingFrom(
  { weights }: StartWeights,
  initial: Readonly<Record<string, NamedArray>>,
): Record<string, NamedArray> {
  const given = { ...owned('query', weights), ...owned('key', weights) };
  return Object.fromEntries(Object.entries(initial).map(([name, value]) => [name, given[name] ?? value]));
}
