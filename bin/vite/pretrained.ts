import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { QUANTISED } from '../../src/core/formats/quantised.ts';
import { writeSafetensors } from '../../src/core/formats/safetensors.ts';
import { PRETRAINED, type PretrainedName } from '../../src/core/pretrained.ts';
import { architecture } from '../../src/learn/backbones/architecture.ts';
import { FIXED_SHAPE } from '../../src/learn/backbones/registry.ts';
import { backboneWeights } from '../../src/learn/encoder.ts';

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

/** What Keras calls the weights of a layer that are ours by these names. */
const KERAS: Readonly<Record<string, readonly string[]>> = {
  weight: ['kernel', 'depthwise_kernel', 'gamma'],
  bias: ['beta'],
  running_mean: ['moving_mean'],
  running_var: ['moving_variance'],
};

/** 'block_1_expand.weight' -> what it may be called in Keras. */
function kerasNames(name: string): string[] {
  const dot = name.lastIndexOf('.');
  return KERAS[name.slice(dot + 1)].map((part) => `${name.slice(0, dot)}/${part}`);
}

/** Every weight of the package's model with its bytes. */
function quantisedWeights(folder: string): Map<string, Listed & { bytes: Uint8Array }> {
  const model: Model = require(join(folder, 'model.min.js'));
  const [{ paths, weights }] = model.weightsManifest;
  const all = Buffer.concat(paths.map((path) => Buffer.from(require(join(folder, `${path}.min.js`)), 'base64')));
  let at = 0;
  return new Map(
    weights.map((listed) => {
      const begin = at;
      at += listed.shape.reduce((product, n) => product * n, 1) * (listed.quantization ? 1 : 4);
      return [listed.name, { ...listed, bytes: all.subarray(begin, at) }];
    }),
  );
}

/**
 * The weights of a network out of the nsfwjs package, by our names and a byte each, up to the embedding: what comes after
 * it, the part that moderates, is left behind. Norms without a scale have one of ones.
 */
export function pretrainedFile(name: PretrainedName): Uint8Array {
  const folder = join(dirname(require.resolve('nsfwjs')), '..', 'models', FOLDERS[name]);
  const theirs = quantisedWeights(folder);
  const encoder = architecture({ backbone: name, ...FIXED_SHAPE, head: 'linear', dim: 2 });
  const ones: Parameters<typeof writeSafetensors>[0] = {};
  const bytes: Parameters<typeof writeSafetensors>[0] = {};
  const meaning: Record<string, { min: number; scale: number }> = {};
  for (const spec of backboneWeights(encoder)) {
    const found = kerasNames(spec.name)
      .map((one) => theirs.get(one))
      .find((one) => one !== undefined);
    if (!found && spec.role !== 'gamma') throw new Error(`${name}: the package has no '${spec.name}'`);
    if (!found) {
      ones[spec.name] = { shape: spec.shape, data: new Float32Array(spec.shape[0]).fill(1) };
      continue;
    }
    if (`${found.shape}` !== `${spec.shape}`) throw new Error(`${name}: '${spec.name}' is [${found.shape}]`);
    const { min, scale } = found.quantization;
    meaning[spec.name] = { min, scale };
    bytes[spec.name] = { shape: spec.shape, data: found.bytes };
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
