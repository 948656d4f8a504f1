import type { Tensor } from '../../../graph/tensor';
import type { Slot, Value } from '../../compiled/slot';
import { type Command, type Dispatch, SUMS, VARIABLES, writesOf } from '../lower/command';
import { type Lowering, widthOf } from '../lower/lowering';
import type { Cluster } from '../lower/updates';
import { grouped } from '../memory/grouping';

/** One cluster as the kernel's table has it. */
export interface Segment {
  readonly elements: number;
  readonly variables: readonly Slot[];
  readonly sources: readonly Value[];
  /** Element from which on its results go into a slot of the dispatch; none where they go into its variables. */
  readonly into?: number;
}

const SIZE = 64;

/**
 * One dispatch for all clusters of the same code whose variables share a buffer: each workgroup looks up in a table which
 * cluster it works on and where its variables and sums lie in their two buffers. Optimizer and key momentum so move each
 * value once (28 bytes a parameter instead of 88), and a step's hundred updates are a handful of dispatches.
 * @param together variables by the buffer that they share
 * @returns all sums by the buffer that they share
 */
export function updateAll(
  to: Lowering,
  clusters: readonly Cluster[],
  slotOf: (variable: string) => Slot,
  together: readonly (readonly Slot[])[],
  room: number,
): Slot[][] {
  const updates = clusters.map((cluster) => {
    const { elements, variables, sources } = cluster;
    const segment = { elements, variables: variables.map(slotOf), sources: sources.map((node) => inSums(to, node)) };
    return { cluster, segment };
  });
  const read = updates.map(({ segment }) => segment.sources.map(({ slot }) => slot));
  const sums = grouped([...read, ...sumsOf(to.commands).map((slot) => [slot])], room);
  const placeIn = (groups: readonly (readonly Slot[])[], slot?: Slot) =>
    groups.findIndex((group) => slot && group.includes(slot));
  const alike = new Map<string, typeof updates>();
  for (const update of updates) {
    const { variables, sources } = update.segment;
    const key = `${update.cluster.code} ${placeIn(together, variables[0])} ${placeIn(sums, sources[0]?.slot)}`;
    alike.set(key, [...(alike.get(key) ?? []), update]);
  }
  for (const all of alike.values()) {
    const [{ cluster }] = all;
    const written = cluster.roots.map(({ name }) => cluster.variables.indexOf(name));
    emit(
      to,
      cluster,
      all.map(({ segment }) => segment),
      written,
    );
  }
  for (const { roots } of clusters) for (const { name, node } of roots) to.set(node, slotOf(name));
  return sums;
}

const sumsOf = (commands: readonly Command[]): Slot[] =>
  commands.flatMap(writesOf).filter((slot) => slot.home === 'sums' && slot !== SUMS);

/** A value in the buffer of sums; what lies elsewhere is copied there. */
function inSums(to: Lowering, node: Tensor): Value {
  const value = to.value(node);
  if (value.slot.home === 'sums') return value;
  const held = to.of(node);
  const slot = to.slot('sum', held.elements, { home: 'sums' });
  to.copy('into sums', held, slot);
  return { slot, offset: 0, count: 1, stride: 0, factor: 1 };
}

interface Columns {
  variables: number;
  sources: number;
  into?: boolean;
}

/** A launch whose threads find their segment and their place in it by a table, with this many columns a segment. */
export function byTable(
  to: Lowering,
  segments: readonly Segment[],
  width: number,
  { variables, sources, into = false }: Columns,
): { workgroups: Dispatch['workgroups']; table: Slot; place: string } {
  const count = blocksOf(segments, width).reduce((sum, of) => sum + of, 0);
  const row = 1 + variables + 4 * sources + (into ? 1 : 0);
  const size = 2 * count + row * segments.length;
  return {
    workgroups: { count, size: SIZE, shared: '' },
    table: to.slot('table of updates', size, { home: 'kept', dtype: 'int32' }),
    place: `
      let segment = load_table(2 * group);
      let i = load_table(2 * group + 1) * ${SIZE} + local;
      if (i >= load_table(segment)) { return; }`,
  };
}

const blocksOf = (segments: readonly Segment[], width: number): number[] =>
  segments.map(({ elements }) => Math.ceil(elements / width / SIZE));

function emit(
  to: Lowering,
  { code, variables, sources }: Cluster,
  segments: readonly Segment[],
  written: number[],
): void {
  const inFours = segments.every(({ sources: of }) => of.every(({ offset, stride }) => (offset | stride) % 4 === 0));
  const type = inFours ? 'vec4f' : 'f32';
  const width = widthOf(type);
  const columns = { variables: variables.length, sources: sources.length };
  const { workgroups, table, place } = byTable(to, segments, width, columns);
  const loads = sources.map((_, i) => {
    const at = 1 + variables.length + 4 * i;
    return `
      var s${i} = ${type}(0.0);
      for (var p = 0; p < load_table(segment + ${at + 1}); p++) {
        s${i} += load_sums(load_table(segment + ${at}) + p * load_table(segment + ${at + 2}) + i);
      }
      s${i} *= bitcast<f32>(load_table(segment + ${at + 3}));`;
  });
  to.dispatch({
    label: sources.length === 0 ? 'update of averages' : 'update',
    reads: { table: [table, 'i32'], ...(sources.length > 0 ? { sums: [SUMS, type] as const } : {}) },
    writes: { variables: [VARIABLES, type] },
    workgroups,
    update: { segments, written, width, table },
    body: `
      ${place}
      ${variables.map((_, v) => `let v${v} = load_variables(load_table(segment + ${1 + v}) + i);`).join('\n')}
      ${loads.join('\n')}
      ${code}
      ${written.map((v, n) => `store_variables(load_table(segment + ${1 + v}) + i, n${n});`).join('\n')}`,
  });
}

/** What a dispatch needs to know to have its table filled, once places are known. */
export interface Update {
  readonly segments: readonly Segment[];
  /** Indices of the variables that are written. */
  readonly written: readonly number[];
  /** Elements that a thread takes: places and lengths count in these. */
  readonly width: number;
  readonly table: Slot;
}

/** The table: for each workgroup its segment's row and its place in it, then the rows. */
export function tableOf({ segments, width, table }: Update, byteOffset: (slot: Slot) => number): Int32Array {
  const values = new Int32Array(table.elements);
  const floats = new Float32Array(values.buffer);
  const blocks = blocksOf(segments, width);
  let header = 0;
  let row = 2 * blocks.reduce((sum, of) => sum + of, 0);
  segments.forEach(({ elements, variables, sources, into }, s) => {
    for (let block = 0; block < blocks[s]; block++) {
      values[header++] = row;
      values[header++] = block;
    }
    values[row++] = Math.ceil(elements / width);
    for (const slot of variables) values[row++] = byteOffset(slot) / 4 / width;
    for (const { slot, offset, count, stride, factor } of sources) {
      values[row++] = (byteOffset(slot) / 4 + offset) / width;
      values[row++] = count;
      values[row++] = stride / width;
      floats[row++] = factor;
    }
    if (into !== undefined) values[row++] = into / width;
  });
  return values;
}
