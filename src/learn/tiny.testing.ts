// A run small enough for the cpu backend in a test, and pictures for it.
import { expect } from 'vitest';
import type { RunConfig } from '../core/config';
import { recipeFor } from '../core/presets';
import { Draws } from '../core/random';
import type { Architecture } from './backbones/architecture';
import { resnet } from './backbones/resnet';
import type { MocoSettings } from './methods/moco';
import type { PixelSource } from './source';

export const TINY: RunConfig = {
  preset: 'moco-v2',
  method: 'moco',
  backbone: 'resnet8',
  // The settings offer 16 and more; nothing in a run depends on that, and a test has no time for it.
  width: 4 as 16,
  stem: 'cifar',
  head: 'mlp',
  dim: 8,
  side: 8,
  batch: 4,
  queue: 12,
  steps: 6,
  temperature: 0.2,
  keyMomentum: [0.9, 0.99],
  symmetric: false,
  keyNorm: 'shuffle',
  groups: 2,
  start: null,
  frozen: 0,
  norms: 'batch',
  views: 0,
  neighbours: 0,
  decoupled: false,
  margin: 0.5,
  inputNoise: 0.1,
  masked: 0.25,
  beta: 1,
  betaWarmup: 0.5,
  learningRate: 0.05,
  schedule: 'cosine',
  warmup: 0.2,
  optimizerMomentum: 0.9,
  weightDecay: 5e-4,
  decayAll: true,
  recipe: 'natural',
  augmentation: recipeFor('natural', 8, 'moco-v2'),
  precision: 'full',
  seed: 3,
};

export const TINY_ENCODER: Architecture = {
  backbone: resnet({ block: 'basic', blocks: [1, 1], width: 4, stem: 'cifar' }),
  head: 'mlp',
  dim: 6,
};

export const TINY_MOCO: MocoSettings = {
  side: 8,
  batch: 4,
  queue: 12,
  temperature: 0.2,
  symmetric: false,
  keyNorm: 'shuffle',
  groups: 1,
  optimizerMomentum: 0.9,
  weightDecay: 5e-4,
  decayAll: true,
};

/** `count` pictures of smooth noise, each its own, at 1.25 times the side. */
export function tinySource(count: number, side = TINY.side): PixelSource {
  const stored = Math.round(1.25 * side);
  const bytes = stored * stored * 3;
  const picture = (row: number): Uint8Array => {
    const draws = new Draws({ seed: 99, purpose: 'sample', image: row });
    const waves = Array.from({ length: 3 }, () => [draws.uniform(0, 2), draws.uniform(0, 2), draws.uniform(0, 6)]);
    const pixels = new Uint8Array(bytes);
    for (let i = 0; i < bytes; i++) {
      const [place, channel] = [Math.floor(i / 3), i % 3];
      const [x, y] = [place % stored, Math.floor(place / stored)];
      const [fx, fy, phase] = waves[channel];
      pixels[i] = 127.5 + 127 * Math.sin(fx * x + fy * y + phase);
    }
    return pixels;
  };
  return {
    count,
    side: stored,
    async read(rows) {
      const all = new Uint8Array(rows.length * bytes);
      for (let i = 0; i < rows.length; i++) all.set(picture(rows[i]), i * bytes);
      return all;
    },
  };
}

/** Normal numbers as an input. */
export function normals(size: number, image: number): Float32Array {
  const draws = new Draws({ seed: 7, purpose: 'sample', image });
  return Float32Array.from({ length: size }, () => draws.normal());
}

/** Every value within half a unit of the given decimal place. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 5): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i], digits);
}
