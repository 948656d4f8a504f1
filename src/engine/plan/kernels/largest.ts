import type { Dispatch, Operand } from '../command';

/** Candidates that one workgroup looks through. */
export const SEGMENT = 4096;

/** Below every cosine; the row of a place that nothing took. */
export const LOWEST = -3e38;
export const NO_ROW = -1;

/**
 * The `keep` best of a list of candidates, in falling order of value, of equal values the lower row first. A workgroup
 * has a list: each thread knows the best of its own candidates, the best of those is taken, and its thread looks for its
 * next. So a round costs two barriers and a fraction of the list, and nothing depends on who came first.
 */
export interface Largest {
  label: string;
  /** Lists; each has a workgroup. */
  lists: number;
  keep: number;
  reads: Readonly<Record<string, Operand>>;
  writes: Readonly<Record<'values' | 'rows', Operand>>;
  /** Statements that define `count`, the candidates of list `group`, and `out`, where its best go. */
  begin: string;
  /** Statements that define `value` and `row` of candidate `i`; a row below 0 is none. */
  candidate: string;
}

const SIZE = 64;
const PART = 8;

const before = (value: string, row: string, than: string, thanRow: string): string =>
  `(${value} > ${than} || (${value} == ${than} && ${row} < ${thanRow}))`;

export function largest({ label, lists, keep, reads, writes, begin, candidate }: Largest): Dispatch {
  // Of what comes after (last, last_row) in the order, the first: of the threads' bests, or of a thread's candidates.
  const take = `if (${before('value', 'row', 'best', 'best_row')}) { best = value; best_row = row; }`;
  return {
    type: 'dispatch',
    label,
    reads,
    writes,
    workgroups: {
      count: lists,
      size: SIZE,
      shared: `var<workgroup> best_values: array<f32, ${SIZE}>;
        var<workgroup> best_rows: array<i32, ${SIZE}>;
        var<workgroup> part_values: array<f32, ${SIZE / PART}>;
        var<workgroup> part_rows: array<i32, ${SIZE / PART}>;`,
    },
    body: `
      ${begin}
      var last = ${-LOWEST};
      var last_row = ${NO_ROW};
      var best = ${LOWEST};
      var best_row = ${NO_ROW};
      var mine = true;
      for (var place = 0; place < ${keep}; place++) {
        if (mine) {
          best = ${LOWEST};
          best_row = ${NO_ROW};
          for (var i = local; i < count; i += ${SIZE}) {
            ${candidate}
            if (row >= 0 && ${before('last', 'last_row', 'value', 'row')}) { ${take} }
          }
          best_values[local] = best;
          best_rows[local] = best_row;
        }
        workgroupBarrier();
        if (local < ${SIZE / PART}) {
          best = best_values[local * ${PART}];
          best_row = best_rows[local * ${PART}];
          for (var i = 1; i < ${PART}; i++) {
            let value = best_values[local * ${PART} + i];
            let row = best_rows[local * ${PART} + i];
            ${take}
          }
          part_values[local] = best;
          part_rows[local] = best_row;
        }
        workgroupBarrier();
        best = part_values[0];
        best_row = part_rows[0];
        for (var i = 1; i < ${SIZE / PART}; i++) {
          let value = part_values[i];
          let row = part_rows[i];
          ${take}
        }
        last = best;
        last_row = best_row;
        mine = best_row >= 0 && best_rows[local] == best_row;
        if (local == 0) {
          values[out + place] = best;
          rows[out + place] = best_row;
        }
      }`,
  };
}
