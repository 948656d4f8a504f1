import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackboneName } from '../core/config';
import { layersOf, STAGES, type Tap } from '../core/representation';
import type { Executor } from '../engine/executor';
import { createProcessorExecutor } from '../engine/processor/executor';
import { architecture } from './backbones/architecture';
import { type InferenceEncoder, storedEncoder } from './inference_encoder';
import { type OpenRun, openRun } from './run';
import { expectClose, TINY, tinySource } from './tiny.testing';
import { untrainedEncoder } from './untrained';

const rows = [0, 3, 7];
const source = tinySource(10);
let executor: Executor;
let run: OpenRun;
let encoder: InferenceEncoder;

beforeAll(async () => {
  executor = await createProcessorExecutor(1);
  run = await openRun(executor, TINY, source, null);
  for await (const { step } of run.train()) if (step === 2) break;
  encoder = storedEncoder(executor, TINY, (await run.state()).variables, source, 'inference');
});
afterAll(() => executor.dispose());

async function at(tap: Tap): Promise<{ values: Float32Array; dim: number }> {
  const embedder = await encoder.embedder(tap);
  const values = await embedder.embed(rows);
  embedder.dispose();
  return { values, dim: embedder.dim };
}

test('a stored encoder embeds as the run does, beside it, and takes its weights with it', async () => {
  const embedder = await encoder.embedder();
  expect(await embedder.embed(rows)).toEqual(await run.embed(rows));
  expect(await embedder.embedViews(rows, 1)).toEqual(await run.embedViews(rows, 1));
  embedder.dispose();
  const before = await run.state();
  const held = executor.bytesHeld();
  const other = storedEncoder(executor, TINY, before.variables, source, 'other');
  await run.state(); // reading waits for what was asked for before
  expect(executor.bytesHeld()).toBeGreaterThan(held);
  other.dispose();
  expect(await run.state()).toEqual(before);
  expect(executor.bytesHeld()).toBe(held);
});

test.each([1, 2, 3])('mean, maximum and GeM of stage %i are those of its map', async (stage) => {
  const maps = await encoder.maps(rows, stage);
  const power = (p: number) =>
    maps.flatMap(({ values, dim }) =>
      Array.from({ length: dim }, (_, c) => {
        const channel = values.filter((_, i) => i % dim === c);
        if (p === Infinity) return Math.max(...channel);
        return Math.cbrt(channel.reduce((sum, value) => sum + value ** p, 0) / channel.length) ** (3 / p);
      }),
    );
  const layer = `stage ${stage}` as const;
  expect(maps[0].dim).toBe(TINY.width * 2 ** (stage - 1));
  expectClose((await at({ layer, pooling: 'mean' })).values, power(1));
  expectClose((await at({ layer, pooling: 'max' })).values, power(Infinity));
  expectClose((await at({ layer, pooling: 'gem' })).values, power(3));
});

test('the projection follows from the hidden layer', async () => {
  const hidden = await at({ layer: 'hidden', pooling: 'mean' });
  const projection = await at({ layer: 'projection', pooling: 'mean' });
  expect([hidden.dim, projection.dim]).toEqual([16, TINY.dim]);
  expect(Math.min(...hidden.values)).toBe(0);
  const { variables } = await run.state();
  const [weight, bias] = ['query.fc.2.weight', 'query.fc.2.bias'].map((name) => variables[name].data);
  const expected = rows.flatMap((_, row) =>
    Array.from({ length: TINY.dim }, (_, c) =>
      hidden.values
        .subarray(row * 16, (row + 1) * 16)
        .reduce((sum, value, i) => sum + value * weight[i * TINY.dim + c], bias[c]),
    ),
  );
  expectClose(projection.values, expected);
});

test('altered pictures come from another source', async () => {
  const embedder = await encoder.embedder();
  const size = source.side ** 2 * 3;
  const reversed = { ...source, read: async (some: ArrayLike<number>) => source.read(Array.from(some, (r) => 9 - r)) };
  expect((await reversed.read([9])).length).toBe(size);
  expect(await embedder.embedFrom(reversed, [9, 6, 2])).toEqual(await embedder.embed(rows));
  embedder.dispose();
});

test('the untrained encoder has maps too', async () => {
  const untrained = await untrainedEncoder(executor, TINY, TINY, source, { owner: 'fresh' });
  const [map] = await untrained.maps([4], 3);
  const embedder = await untrained.embedder();
  const mean = Float32Array.from({ length: map.dim }, (_, c) => {
    const channel = map.values.filter((_, i) => i % map.dim === c);
    return channel.reduce((sum, value) => sum + value, 0) / channel.length;
  });
  expectClose(await embedder.embed([4]), mean);
  embedder.dispose();
  untrained.dispose();
});

test('what the settings offer is what the backbones have', () => {
  for (const [backbone, stages] of Object.entries(STAGES) as [BackboneName, string[]][])
    expect(architecture({ ...TINY, backbone }).backbone.stages.map(({ name }) => name)).toEqual(stages);
  expect(layersOf({ backbone: 'resnet8', head: 'mlp' })).toEqual([
    'stage 1',
    'stage 2',
    'stage 3',
    'hidden',
    'projection',
  ]);
  expect(layersOf({ backbone: 'resnet18', head: 'linear' })).not.toContain('hidden');
});

test('a checkpoint without a weight is refused by name', async () => {
  const { variables } = await run.state();
  const { 'query.conv1.weight': _, ...others } = variables;
  expect(() => storedEncoder(executor, TINY, others, source, 'x')).toThrow("no 'conv1.weight'");
});
