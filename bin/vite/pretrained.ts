import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { QUANTISED, type WrittenArray, writeSafetensors } from '../../src/core/formats/write_safetensors.ts';
import { PRETRAINED, type PretrainedName } from '../../src/core/pretrained.ts';

/** One weight as TensorFlow.js lists it: its values follow those of the one before. */
interface Listed {
  name: string;
  shape: number[];
  quantization: { dtype: 'uint8'; min: number; scale: number };
}

interface Model {
  weightsManifest: [{ paths: string[]; weights: Listed[] }];
}

const FOLDERS: Record<PretrainedName, string> = { 'mobilenet-v2': 'mobilenet_v2', 'inception-v3': 'inception_v3' };
const require = createRequire(import.meta.url);

/** The layers up to the embedding: what comes after it, the part that moderates, is left behind. */
const LAYERS: Record<PretrainedName, RegExp> = {
  'mobilenet-v2': /^(Conv1|bn_Conv1|expanded_conv_\w+|block_\w+|Conv_1|Conv_1_bn)$/,
  'inception-v3': /^(conv2d|batch_normalization)_([1-9]|[1-4]\d|50)$/,
};

/** What the weights of a layer are called here, by their names in Keras. */
const OURS: Readonly<Record<string, string>> = {
  kernel: 'weight',
  depthwise_kernel: 'weight',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/** Every weight of the package's model with its bytes. */
function quantisedWeights(folder: string): (Listed & { bytes: Uint8Array })[] {
  const model: Model = require(join(folder, 'model.min.js'));
  const [{ paths, weights }] = model.weightsManifest;
  const all = Buffer.concat(paths.map((path) => Buffer.from(require(join(folder, `${path}.min.js`)), 'base64')));
  let at = 0;
  return weights.map((listed) => {
    const begin = at;
    at += listed.shape.reduce((product, n) => product * n, 1) * (listed.quantization ? 1 : 4);
    return { ...listed, bytes: all.subarray(begin, at) };
  });
}

/**
 * The weights of a network out of the nsfwjs package, by our names and a byte each, up to the embedding. Norms without a
 * scale get one of ones.
 */
export function pretrainedFile(name: PretrainedName): Uint8Array {
  const folder = join(dirname(require.resolve('nsfwjs')), '..', 'models', FOLDERS[name]);
  const [ones, bytes]: Record<string, WrittenArray>[] = [{}, {}];
  const meaning: Record<string, { min: number; scale: number }> = {};
  const listed = quantisedWeights(folder);
  const known = new Set(listed.map((one) => one.name));
  for (const { name: theirs, shape, quantization, bytes: data } of listed) {
    const [layer, part] = theirs.split('/');
    if (!LAYERS[name].test(layer)) continue;
    const ours = `${layer}.${OURS[part]}`;
    meaning[ours] = { min: quantization.min, scale: quantization.scale };
    bytes[ours] = { shape, data };
    if (part === 'beta' && !known.has(`${layer}/gamma`))
      ones[`${layer}.weight`] = { shape, data: new Float32Array(shape[0]).fill(1) };
  }
  return writeSafetensors({ ...ones, ...bytes }, { format: 'tf', [QUANTISED]: JSON.stringify(meaning) });
}

/** The licence that nsfwjs comes with, which goes where its weights go. */
const licence = (): string => readFileSync(join(dirname(require.resolve('nsfwjs')), '../../LICENSE'), 'utf8');

/** Serves the pretrained networks at pretrained/NAME.safetensors, made out of the package at build time. */
export function pretrainedNetworks(): Plugin {
  return {
    name: 'lookalike:pretrained',
    generateBundle() {
      for (const { name } of PRETRAINED)
        this.emitFile({ type: 'asset', fileName: `pretrained/${name}.safetensors`, source: pretrainedFile(name) });
      this.emitFile({ type: 'asset', fileName: 'pretrained/LICENSE.txt', source: licence() });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, name] = /\/pretrained\/([\w-]+)\.safetensors$/.exec(request.url ?? '') ?? [];
        if (!PRETRAINED.some((one) => one.name === name)) return next();
        response.end(pretrainedFile(name as PretrainedName));
      });
    },
  };
}
