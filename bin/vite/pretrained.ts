import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { PRETRAINED, type PretrainedName } from '../../src/core/pretrained.ts';

/** A Keras layer of a functional model, as far as cutting needs to know it. */
interface Layer {
  name: string;
  inbound_nodes: [string, number, number, unknown][][];
}

interface WeightSpec {
  name: string;
  shape: number[];
  dtype: string;
  quantization?: { dtype: string };
}

interface Model {
  modelTopology: { model_config: { class_name: string; config: { layers: Layer[]; output_layers: unknown } } };
  weightsManifest: [{ paths: string[]; weights: WeightSpec[] }];
}

const FOLDERS: Record<PretrainedName, string> = { 'mobilenet-v2': 'mobilenet_v2', 'inception-v3': 'inception_v3' };
const require = createRequire(import.meta.url);

/** What is served of one network: its layers and weight list, and the weights, one byte each, in that order. */
export interface Files {
  json: string;
  weights: Uint8Array;
}

/** The layer and all that it is computed from, in the model's order. */
function upTo(layers: readonly Layer[], last: string): Layer[] {
  const wanted = new Set([last]);
  for (const { name, inbound_nodes } of layers.toReversed())
    if (wanted.has(name)) for (const [input] of inbound_nodes.flat()) wanted.add(input);
  return layers.filter(({ name }) => wanted.has(name));
}

const bytesOf = ({ shape, quantization }: WeightSpec): number =>
  shape.reduce((product, n) => product * n, 1) * (quantization?.dtype === 'uint8' ? 1 : 4);

/** Takes a network out of the nsfwjs package and cuts off what comes after its layer: the part that moderates. */
export function pretrainedFiles(name: PretrainedName): Files {
  const layer = PRETRAINED.find((one) => one.name === name)?.layer ?? '';
  const folder = join(dirname(require.resolve('nsfwjs')), '..', 'models', FOLDERS[name]);
  const model = structuredClone(require(join(folder, 'model.min.js')) as Model);
  const [{ paths, weights: specs }] = model.weightsManifest;
  const all = Buffer.concat(paths.map((path) => Buffer.from(require(join(folder, `${path}.min.js`)), 'base64')));

  const { config } = model.modelTopology.model_config;
  config.layers = upTo(config.layers, layer);
  config.output_layers = [[layer, 0, 0]];
  const kept = new Set(config.layers.map(({ name }) => name));
  const parts: Uint8Array[] = [];
  let at = 0;
  const weights = specs.filter((spec) => {
    const part = all.subarray(at, at + bytesOf(spec));
    at += part.length;
    if (!kept.has(spec.name.split('/')[0])) return false;
    parts.push(part);
    return true;
  });
  if (at !== all.length) throw new Error(`${name}: ${all.length} bytes of weights, ${at} are listed`);
  return { json: JSON.stringify({ modelTopology: model.modelTopology, weights }), weights: Buffer.concat(parts) };
}

/** The licence that nsfwjs comes with, which goes where its weights go. */
const licence = (): string => readFileSync(join(dirname(require.resolve('nsfwjs')), '../../LICENSE'), 'utf8');

/** Serves the pretrained networks at pretrained/NAME.json and .bin, made out of the package at build time. */
export function pretrainedNetworks(): Plugin {
  return {
    name: 'lookalike:pretrained',
    generateBundle() {
      for (const { name } of PRETRAINED) {
        const { json, weights } = pretrainedFiles(name);
        this.emitFile({ type: 'asset', fileName: `pretrained/${name}.json`, source: json });
        this.emitFile({ type: 'asset', fileName: `pretrained/${name}.bin`, source: weights });
      }
      this.emitFile({ type: 'asset', fileName: 'pretrained/LICENSE.txt', source: licence() });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const [, name, ending] = /\/pretrained\/([\w-]+)\.(json|bin)$/.exec(request.url ?? '') ?? [];
        if (!PRETRAINED.some((one) => one.name === name)) return next();
        const { json, weights } = pretrainedFiles(name as PretrainedName);
        response.end(ending === 'json' ? json : weights);
      });
    },
  };
}
