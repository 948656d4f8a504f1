import type { NamedArray } from '../../src/core/records';
import { learningRate } from '../../src/core/schedule';
import type { Feeds } from '../../src/engine/executor';
import type { Program } from '../../src/graph/program';
import { encoderWeights } from '../../src/learn/encoder';
import { keysPerStep, type MocoSettings, mocoFeeds, mocoStep, mocoVariables } from '../../src/learn/methods/moco';
import { simclrFeeds, simclrStep } from '../../src/learn/methods/simclr';
import { initialVelocities } from '../../src/learn/optimizer';
import { advance, NO_PICTURE, QUEUE, QUEUE_IDS } from '../../src/learn/queue';
import { weightsFromFile } from '../../src/learn/torch_layout';
import { owned } from '../../src/learn/weights';
import { type Fixture, fixtureEncoder, fixtureTensor, fixtureViews } from './fixture';
import type { FixtureConfig } from './fixture_config';

/** A method made ready for a fixture: its program, its first variables, and what each step is fed. */
export interface Play {
  program: Program;
  variables: Record<string, NamedArray>;
  feeds(step: number): Feeds;
}

function settings(config: FixtureConfig): MocoSettings {
  const { side, batchSize: batch, queueSize: queue, temperature, symmetric, splits: groups } = config;
  const { optimizerMomentum, weightDecay } = config;
  return {
    ...{ side, batch, queue, temperature, symmetric, groups, optimizerMomentum, weightDecay },
    keyNorm: 'shuffle',
    decayAll: true,
  };
}

const rate = ({ learningRate: first, schedule, steps }: FixtureConfig, step: number): number =>
  learningRate({ learningRate: first, schedule, steps, warmup: 0 }, step);

function pictures(fixture: Fixture): { query: ArrayLike<number>; key: ArrayLike<number> } {
  const { steps, batchSize, side } = fixture.config;
  const shape = [steps, batchSize, 3, side, side];
  return {
    query: fixtureTensor(fixture, 'images.query', 'U8', shape),
    key: fixtureTensor(fixture, 'images.key', 'U8', shape),
  };
}

const initialQuery = (fixture: Fixture): Record<string, NamedArray> =>
  weightsFromFile(fixture.name, fixture.tensors, 'initial.query.', encoderWeights(fixtureEncoder(fixture.config)));

function playSimclr(fixture: Fixture): Play {
  const { config } = fixture;
  const encoder = fixtureEncoder(config);
  const { query, key } = pictures(fixture);
  return {
    program: simclrStep(encoder, { ...settings(config), decoupled: false }),
    variables: { ...owned('query', initialQuery(fixture)), ...initialVelocities(encoderWeights(encoder)) },
    feeds: (step) =>
      simclrFeeds(fixtureViews(config, query, step), fixtureViews(config, key, step), rate(config, step)),
  };
}

/** The pointer's place after `step` steps. */
export const pointerAt = (config: FixtureConfig, step: number): number =>
  advance(0, step * keysPerStep(settings(config)), config.queueSize);

function playMoco(fixture: Fixture): Play {
  const { config } = fixture;
  const { steps, batchSize: n, queueSize: rows, dim, keyMomentum } = config;
  const encoder = fixtureEncoder(config);
  const { query, key } = pictures(fixture);
  const orders = fixtureTensor(fixture, 'shuffle', 'I32', [steps, n]) as Int32Array;
  const queue = fixtureTensor(fixture, 'initial.queue', 'F32', [rows, dim]) as Float32Array;
  return {
    program: mocoStep(encoder, settings(config)),
    variables: mocoVariables(encoder, initialQuery(fixture), {
      [QUEUE]: { shape: [rows, dim], data: queue },
      [QUEUE_IDS]: { shape: [rows], data: new Int32Array(rows).fill(NO_PICTURE) },
    }),
    feeds: (step) =>
      mocoFeeds(settings(config), {
        query: fixtureViews(config, query, step),
        key: fixtureViews(config, key, step),
        // Every picture of a fixture is new: the mask runs and hides nothing.
        ids: Int32Array.from({ length: n }, (_, i) => step * n + i),
        order: orders.slice(step * n, (step + 1) * n),
        learningRate: rate(config, step),
        keyMomentum,
        pointer: pointerAt(config, step),
      }),
  };
}

/** @throws Fault('file') when the fixture lacks what its method needs. */
export const play = (fixture: Fixture): Play =>
  fixture.config.method === 'moco' ? playMoco(fixture) : playSimclr(fixture);
