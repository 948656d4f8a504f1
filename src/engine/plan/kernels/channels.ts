import { elements, type Shape } from '../../../graph/tensor';
import { vectorOf, widthOf } from '../lower/lowering';
import type { Tuning } from '../tune/tuning';

/** Rows that are worth a thread of their own: what it stores of them is then far less than what it reads. */
const ROWS = 8;

/** x [N, ..., C] as groups of rows of channels, and how a kernel with a loop over rows is divided among threads. */
export interface Channels {
  readonly groups: number;
  /** Rows of a group: pictures times positions. */
  readonly rows: number;
  readonly channels: number;
  /** Element of channels, and how many there are in a row. */
  readonly type: 'vec4f' | 'f32';
  readonly vectors: number;
  /** Threads a group and vector: thread p has the rows p, p + parts, ... */
  readonly parts: number;
}

export function channelsOf(shape: Shape, groups: number, tuning: Tuning): Channels {
  const channels = shape[shape.length - 1];
  const rows = elements(shape) / channels / groups;
  const type = vectorOf(channels);
  const vectors = channels / widthOf(type);
  const wanted = Math.ceil(Math.min(tuning.threads / (groups * vectors), rows / ROWS));
  const parts = Math.max(1, Math.min(rows, wanted));
  return { groups, rows, channels, type, vectors, parts };
}

/** Splits the thread index into c (vector of channels), part and group. */
export const PLACE = ({ vectors, parts }: Channels): string => `
  let c = t % ${vectors};
  let part = t / ${vectors} % ${parts};
  let group = t / ${vectors * parts};`;

/** A loop over this thread's rows; `at` is the vector's index in x. */
export const rowLoop = ({ rows, vectors, parts }: Channels, body: string): string => `
  for (var row = part; row < ${rows}; row += ${parts}) {
    let at = (group * ${rows} + row) * ${vectors} + c;
    ${body}
  }`;

export const threadsOf = ({ groups, vectors, parts }: Channels): number => groups * vectors * parts;
