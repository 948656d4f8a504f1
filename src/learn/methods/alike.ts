import type { Feeds } from '../../engine/executor';
import { input } from '../../graph/ops/leaves';
import type { Alike } from '../losses/nt_xent';
import type { StepDraw } from './method';

interface Settings {
  batch: number;
  neighbours?: number;
}

/** What a loss among a step's 2N views is told of mutual neighbours; null without them. */
export function alikeInputs({ batch, neighbours = 0 }: Settings): Alike | null {
  if (neighbours === 0) return null;
  return {
    ids: input('ids', [2 * batch], 'int32'),
    excluded: input('excluded', [2 * batch, 1 + neighbours], 'int32'),
  };
}

const joined = (a: Int32Array, b: Int32Array): Int32Array => {
  const both = new Int32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
};

/** What is fed of it. */
export const alikeFeeds = ({ neighbours = 0 }: Settings, { rows, others, excluded }: StepDraw): Feeds =>
  neighbours > 0 && excluded ? { ids: joined(rows, others), excluded: joined(...excluded) } : {};
