import { variable } from '../../graph/ops/leaves';
import { elements } from '../../graph/tensor';
import type { Command } from './command';
import type { Compiled, Leaf } from './compile';
import type { Input } from './feeding';
import { largest, NO_ROW, SEGMENT } from './kernels/largest';
import { similarities } from './kernels/similarities';
import { Slot } from './slot';
import type { KernelVariant } from './tuning';

/** Rows of the bank that lie in one variable. */
export interface Chunk {
  readonly name: string;
  readonly first: number;
  readonly rows: number;
}

/** One search: [Q, 4 depth] queries among the chunks' rows [., 4 depth], `keep` neighbours each. */
export interface Search {
  readonly chunks: readonly Chunk[];
  readonly depth: number;
  readonly queryCount: number;
  readonly keep: number;
  readonly variant: KernelVariant;
}

/**
 * The commands of a search. Chunk by chunk: all similarities, of which every segment's best are kept; in the end the
 * best of all segments' best. Similarities stay on the device, and the next chunk's take their place.
 *
 * Inputs `queries` and `exclude` [Q] (a row that is not to be found, or -1); outputs `similarities` and `rows` [Q, keep].
 */
export function nearestProgram({ chunks, depth, queryCount, keep, variant }: Search): Compiled {
  const sized = (name: string, shape: readonly number[], home: 'kept' | 'variable', dtype: 'float32' | 'int32') =>
    new Slot(name, elements(shape), dtype, home);
  const fed = (name: string, shape: readonly number[], type: 'float32' | 'int32'): Input => ({
    slot: sized(name, shape, 'kept', type),
    shape,
    type,
  });
  const queries = fed('queries', [queryCount, 4 * depth], 'float32');
  const exclude = fed('exclude', [queryCount], 'int32');
  const bankOf = (name: string, shape: readonly number[]): Leaf => ({
    slot: sized(name, shape, 'variable', 'float32'),
    node: variable(name, shape),
  });
  const variables = new Map(chunks.map(({ name, rows }) => [name, bankOf(name, [rows, 4 * depth])]));

  const segmentsOf = ({ rows }: Chunk) => Math.ceil(rows / SEGMENT);
  const candidates = chunks.reduce((sum, chunk) => sum + segmentsOf(chunk), 0) * keep;
  const found = (label: string, each: number, home: 'pool' | 'kept') => ({
    values: new Slot(`${label} similarities`, queryCount * each, 'float32', home),
    rows: new Slot(`${label} rows`, queryCount * each, 'int32', home),
  });
  const [some, best] = [found('candidate', candidates, 'pool'), found('nearest', keep, 'kept')];

  const commands: Command[] = [];
  let place = 0;
  for (const chunk of chunks) {
    const { rows, first, name } = chunk;
    const [segments, bank] = [segmentsOf(chunk), (variables.get(name) as Leaf).slot];
    const scores = new Slot('similarities', queryCount * rows, 'float32', 'pool');
    commands.push(
      similarities(variant, { bank, queries: queries.slot, scores, rows, queryCount, depth }),
      largest({
        label: 'largest of segments',
        lists: queryCount * segments,
        keep,
        reads: { scores: [scores, 'f32'], exclude: [exclude.slot, 'i32'] },
        writes: { values: [some.values, 'f32'], rows: [some.rows, 'i32'] },
        begin: `
          let query = group / ${segments};
          let start = group % ${segments} * ${SEGMENT};
          let count = min(${SEGMENT}, ${rows} - start);
          let left_out = exclude[query];
          let out = query * ${candidates} + ${place} + group % ${segments} * ${keep};`,
        candidate: `
          let value = scores[query * ${rows} + start + i];
          let row = select(${first} + start + i, ${NO_ROW}, ${first} + start + i == left_out);`,
      }),
    );
    place += segments * keep;
  }
  commands.push(
    largest({
      label: 'largest of all',
      lists: queryCount,
      keep,
      reads: { some_values: [some.values, 'f32'], some_rows: [some.rows, 'i32'] },
      writes: { values: [best.values, 'f32'], rows: [best.rows, 'i32'] },
      begin: `let out = group * ${keep}; let count = ${candidates};`,
      candidate: `
        let value = some_values[group * ${candidates} + i];
        let row = some_rows[group * ${candidates} + i];`,
    }),
  );
  return {
    name: 'nearest rows',
    commands,
    variables,
    inputs: new Map([
      ['queries', queries],
      ['exclude', exclude],
    ]),
    parts: new Map(),
    constants: [],
    outputs: new Map([
      ['similarities', best.values],
      ['rows', best.rows],
    ]),
    scalars: [],
  };
}
