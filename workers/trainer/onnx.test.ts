import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../src/core/random';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { fitRefinement, refineRows } from '../../src/evaluate/refine/refinement';
import { unitRows } from '../../src/evaluate/rows';
import { MEAN, STD } from '../../src/learn/augment/views';
import { architecture } from '../../src/learn/backbones/architecture';
import { embedProgram } from '../../src/learn/embed';
import { encoderWeights } from '../../src/learn/encoder';
import { initialWeights } from '../../src/learn/initial';
import { owned } from '../../src/learn/weights';
import { onnxFiles } from './onnx';
import { transformersFiles } from './transformers';

ort.env.wasm.numThreads = 1;

/** Weights as drawn, with norms that do something. */
function variablesOf(encoder: ReturnType<typeof architecture>) {
  const specs = encoderWeights(encoder);
  const weights = initialWeights(specs, 3);
  for (const { name, role, shape } of specs) {
    const draws = new Draws({ seed: 5, purpose: 'sample', image: name.length });
    if (role === 'gamma' || role === 'runningVariance')
      weights[name] = { shape, data: Float32Array.from(weights[name].data, () => draws.uniform(0.6, 1.4)) };
    if (role === 'beta' || role === 'runningMean')
      weights[name] = { shape, data: Float32Array.from(weights[name].data, () => draws.uniform(-0.2, 0.2)) };
  }
  return owned('query', weights);
}

/** What the lines of JavaScript make that come with a model. */
function asItsReadmeSays(files: ReturnType<typeof onnxFiles>, pixels: Uint8Array, count: number) {
  const [, lines] = /```js\n(.*?)```/s.exec(new TextDecoder().decode(files['README.md'])) as RegExpExecArray;
  const body = lines.replace(/^import .*$/m, '').replace("'model.onnx'", 'file');
  const run = new Function(
    'ort',
    'file',
    'pixels',
    'count',
    `return (async () => {${body}return { embedding, refined };})()`,
  );
  return run(ort, files['model.onnx'], pixels, count) as Promise<Record<'embedding' | 'refined', ort.Tensor>>;
}

/** What transformers.js makes of squares of bytes by the folder that it loads. */
async function asTransformersDoes(files: ReturnType<typeof transformersFiles>, pixels: Uint8Array, side: number) {
  const read = (name: 'config.json' | 'preprocessor_config.json') => JSON.parse(new TextDecoder().decode(files[name]));
  const how = read('preprocessor_config.json');
  expect(how).toMatchObject({ size: { shortest_edge: 1.25 * side }, crop_size: { height: side, width: side } });
  expect(read('config.json')).toMatchObject({ model_type: 'lookalike' });
  const channel = side * side;
  const normalised = Float32Array.from(pixels, (_, at) => {
    const [picture, colour, place] = [Math.floor(at / (3 * channel)), Math.floor(at / channel) % 3, at % channel];
    const value = pixels[3 * (picture * channel + place) + colour];
    return (value * how.rescale_factor - how.image_mean[colour]) / how.image_std[colour];
  });
  const session = await ort.InferenceSession.create(files['onnx/model.onnx']);
  const shape = [pixels.length / (3 * channel), 3, side, side];
  return session.run({ pixel_values: new ort.Tensor('float32', normalised, shape) });
}

it('lines for transformers.js put pictures on white', async () => {
  const encoder = architecture({ backbone: 'resnet8', width: 16, stem: 'cifar', head: 'linear', dim: 2 });
  const table = { values: Float32Array.of(1, 0, 0, 1, 1, 1), count: 3, dim: 2 };
  const model = { name: 'test', side: 32, margin: 1, owner: 'query', table };
  const files = transformersFiles(encoder, variablesOf(encoder), model);
  const [lines] = /^const onWhite = .*?^};/ms.exec(new TextDecoder().decode(files['README.md'])) as RegExpExecArray;
  const data = Uint8ClampedArray.of(0, 9, 255, 0, 0, 100, 255, 51, 0, 100, 255, 255);
  const RawImage = { read: async () => ({ data, rgba: () => ({ data }) }) };
  const onWhite = new Function('RawImage', `${lines}return onWhite;`)(RawImage);
  const colours = [...(await onWhite('one.png')).data].filter((_, i) => i % 4 < 3);
  expect(colours).toEqual([255, 255, 255, 204, 224, 255, 0, 100, 255]);
});

describe('an encoder as ONNX, run by onnxruntime', () => {
  it.each([
    ['resnet8', 32],
    ['resnet18', 64],
    ['resnet50', 64],
    ['mobilenet-v2', 96],
    ['inception-v3', 96],
  ] as const)('%s gives the embeddings of our own engine, to transformers.js too', async (backbone, side) => {
    const stem = backbone === 'resnet8' ? 'cifar' : 'imagenet';
    const encoder = architecture({ backbone, width: 16, stem, head: 'linear', dim: 2 });
    const variables = variablesOf(encoder);
    const draws = new Draws({ seed: 7, purpose: 'sample' });
    const count = 3;
    const pixels = Uint8Array.from({ length: count * side * side * 3 }, () => draws.uniform(0, 256));

    const executor = await createProcessorExecutor(1);
    executor.write(variables);
    const executable = await executor.compile(embedProgram(encoder, 'query', side, count));
    const pictures = Float32Array.from(pixels, (value) => (value / 255 - MEAN) / STD);
    const values = (await executable.run({ pictures })).embeddings;
    executor.dispose();
    const rows = { values, count, dim: values.length / count };
    const refinement = fitRefinement(rows);

    const model = { name: 'test', side, margin: 1.25, owner: 'query', table: rows };
    const found = await asItsReadmeSays(onnxFiles(encoder, variables, model), pixels, count);
    const there = await asTransformersDoes(transformersFiles(encoder, variables, model), pixels, side);
    for (const [output, right] of [
      [found.embedding, unitRows(rows)],
      [found.refined, refineRows(refinement, rows)],
      [there.image_embeds, refineRows(refinement, rows)],
    ] as const) {
      expect(output.dims).toEqual([count, right.dim]);
      const off = right.values.map((value, i) => Math.abs(value - (output.data as Float32Array)[i]));
      expect(Math.max(...off)).toBeLessThan(1e-4);
    }
  });
});
