import type { Head } from '../src/core/config';
import type { PretrainedName } from '../src/core/pretrained';
import type { Architecture } from '../src/learn/backbones/architecture';
import { BACKBONES, FIXED_SHAPE } from '../src/learn/backbones/registry';
import { type ResNetShape, resnet } from '../src/learn/backbones/resnet';
import type { MocoSettings } from '../src/learn/methods/moco';

/** Rows of the queue, columns of a projection: the authors' demo of MoCo on CIFAR. */
const [QUEUE, DIM, HEAD] = [4096, 128, 'linear' satisfies Head] as const;

/** One encoder that every peer trains, and how many pictures a step is measured with; none: it only embeds. */
export interface Network {
  title: string;
  encoder: Architecture;
  /** What other libraries' code builds it from; null: only our graph has it. */
  resnet: ResNetShape | null;
  /** Pixels of a view's side. */
  side: number;
  batches: { readonly software: readonly number[]; readonly gpu: readonly number[] };
}

function encoder(shape: Omit<ResNetShape, 'block'>, dim: number = DIM): Pick<Network, 'encoder' | 'resnet'> {
  const basic = { block: 'basic', ...shape } as const;
  return { encoder: { backbone: resnet(basic), head: HEAD, dim }, resnet: basic };
}

/** With random weights: its speed does not depend on them. */
const bundled = (name: PretrainedName): Omit<Network, 'title'> => ({
  encoder: { backbone: BACKBONES[name](FIXED_SHAPE), head: HEAD, dim: DIM },
  resnet: null,
  side: 160,
  batches: { software: [], gpu: [] },
});

/** ResNet-8 is what a browser without a GPU trains; ResNet-18 is what papers report, with either stem. */
export const NETWORKS = {
  resnet8: {
    title: 'ResNet-8 w16 @32',
    ...encoder({ blocks: [1, 1, 1], width: 16, stem: 'cifar' }),
    side: 32,
    batches: { software: [8, 64], gpu: [8, 64, 512] },
  },
  resnet18: {
    title: 'ResNet-18 w64 @32',
    ...encoder({ blocks: [2, 2, 2, 2], width: 64, stem: 'cifar' }),
    side: 32,
    batches: { software: [2], gpu: [256] },
  },
  'resnet18-96': {
    title: 'ResNet-18 w64 @96',
    ...encoder({ blocks: [2, 2, 2, 2], width: 64, stem: 'imagenet' }),
    side: 96,
    batches: { software: [2], gpu: [128] },
  },
  'mobilenet-v2': { title: 'MobileNetV2 @160', ...bundled('mobilenet-v2') },
  'inception-v3': { title: 'InceptionV3 @160', ...bundled('inception-v3') },
  /** For many steps in little time; no speed is measured on it. */
  small: {
    title: 'ResNet-8 w4 @8',
    ...encoder({ blocks: [1, 1, 1], width: 4, stem: 'cifar' }, 16),
    side: 8,
    batches: { software: [], gpu: [] },
  },
} satisfies Record<string, Network>;

export type NetworkName = keyof typeof NETWORKS;

/** MoCo as its authors run it on CIFAR: one norm group, decay on every weight. */
export const mocoSettings = (network: NetworkName, batch: number): MocoSettings => ({
  side: NETWORKS[network].side,
  batch,
  queue: QUEUE,
  temperature: 0.2,
  symmetric: false,
  keyNorm: 'shuffle',
  groups: 1,
  optimizerMomentum: 0.9,
  weightDecay: 1e-4,
  decayAll: true,
});

export const LEARNING_RATE = 0.03;
export const KEY_MOMENTUM = 0.999;
