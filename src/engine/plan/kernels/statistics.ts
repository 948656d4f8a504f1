import type { Tensor } from '../../../graph/tensor';
import { float, type Lowering, type Parts, vectorOf, widthOf } from '../lowering';
import type { Slot } from '../slot';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { together, togetherIn } from './together';

// Mean and variance over each group of rows, [groups, 2, C], in two stages: threads take parts of the rows, then the parts
// are put together (Chan et al. 1979). A part's sums are taken of the difference from its own first row, so that values
// far from zero keep their digits.

/** Most parts that a reader may be asked to add up itself; with more, a dispatch in between adds them with 64 threads. */
export const fewParts = (to: Lowering, { parts }: { parts: number }): boolean => parts <= to.tuning.inlineParts;

/** Statements that begin a part, take in a row's `value`, and store the part's mean and squared deviation; `v` tells variables of several apart. */
export const PART_BEGIN = (type: string, v: number | string = ''): string => `
  var first${v} = ${type}(0.0);
  var sum${v} = ${type}(0.0);
  var square${v} = ${type}(0.0);
  var count${v} = 0;`;
export const PART_ROW = (type: string, value: string, v: number | string = ''): string => `{
  if (count${v} == 0) { first${v} = ${value}; }
  let away: ${type} = ${value} - first${v};
  sum${v} += away;
  square${v} += away * away;
  count${v}++;
}`;
/** `at` is the vector's index in parts [groups, parts, 2, C]. */
export const PART_END = (at: string, vectors: number, v: number | string = ''): string => `{
  let mean = sum${v} / f32(max(count${v}, 1));
  parts[${at}] = first${v} + mean;
  parts[${at} + ${vectors}] = max(square${v} - sum${v} * mean, sum${v} * 0.0);
}`;

/** Parts of x, by a pass over it. */
export function partsOf(to: Lowering, x: Slot, node: Tensor, groups: number): Parts {
  const layout = channelsOf(node.shape, groups, to.tuning);
  const { rows, channels, vectors, type, parts } = layout;
  const slot = to.slot('parts of moments', groups * parts * 2 * channels);
  to.dispatch({
    label: 'moments',
    reads: { x: [x, type] },
    writes: { parts: [slot, type] },
    threads: threadsOf(layout),
    body: `
      ${PLACE(layout)}
      ${PART_BEGIN(type)}
      ${rowLoop(layout, PART_ROW(type, 'x[at]'))}
      ${PART_END(`((group * ${parts} + part) * 2) * ${vectors} + c`, vectors)}`,
  });
  return { slot, groups, channels, parts, units: rows, unit: 1 };
}

/** Rows in part `p` of a group. */
const countOf = ({ units, unit, parts }: Parts): string => `f32((${units} - p + ${parts - 1}) / ${parts} * ${unit})`;

/** Statements: mean and variance of (group, c) out of `parts`, as variables. */
export function combined(of: Parts, name: string): string {
  const type = vectorOf(of.channels);
  const vectors = of.channels / widthOf(type);
  const at = `((group * ${of.parts} + p) * 2) * ${vectors} + c`;
  const rows = float(of.units * of.unit);
  return `
    // Relative to the first part's mean, for the same reason.
    let near = ${name}[${at.replace('+ p)', ')')}];
    var mean = ${type}(0.0);
    for (var p = 0; p < ${of.parts}; p++) { mean += (${name}[${at}] - near) * ${countOf(of)}; }
    mean = near + mean / ${rows};
    var variance = ${type}(0.0);
    for (var p = 0; p < ${of.parts}; p++) {
      let off = ${name}[${at}] - mean;
      variance += ${name}[${at} + ${vectors}] + off * off * ${countOf(of)};
    }
    variance /= ${rows};`;
}

/** Statement: mean and variance of (group, c) into moments [groups, 2, C]. */
export const storeMoments = (name: string, vectors: number): string => `
  ${name}[2 * group * ${vectors} + c] = mean;
  ${name}[(2 * group + 1) * ${vectors} + c] = variance;`;

/** Moments [groups, 2, C] out of their parts. */
export function momentsOf(to: Lowering, of: Parts): Slot {
  const slot = to.slot('moments', of.groups * 2 * of.channels, { home: 'sums' });
  const type = vectorOf(of.channels);
  const vectors = of.channels / widthOf(type);
  if (fewParts(to, of)) {
    to.dispatch({
      label: 'moments of parts',
      reads: { parts: [of.slot, type] },
      writes: { y: [slot, type] },
      threads: of.groups * vectors,
      body: `
        let c = t % ${vectors};
        let group = t / ${vectors};
        ${combined(of, 'parts')}
        ${storeMoments('y', vectors)}`,
    });
    return slot;
  }
  manyParts(to, of, slot, type, vectors);
  return slot;
}

/** A workgroup for each group and vector of channels: 64 threads add up the parts, in a fixed order. */
function manyParts(to: Lowering, of: Parts, slot: Slot, type: 'vec4f' | 'f32', vectors: number): void {
  const at = `((place / ${vectors} * ${of.parts} + p) * 2) * ${vectors} + place % ${vectors}`;
  const rows = float(of.units * of.unit);
  const total = (term: string, result: string) => `
    var ${result}_own = ${type}(0.0);
    for (var p = local; p < ${of.parts}; p += 64) { ${result}_own += ${term}; }
    ${together(`${result}_own`, result)}`;
  to.dispatch({
    label: 'moments of parts',
    reads: { parts: [of.slot, type] },
    writes: { y: [slot, type] },
    workgroups: togetherIn(type, of.groups * vectors),
    body: `
      let place = group;
      let near = parts[${at.replace('+ p)', ')')}];
      ${total(`(parts[${at}] - near) * ${countOf(of)}`, 'away')}
      let mean = near + away / ${rows};
      ${total(`parts[${at} + ${vectors}] + (parts[${at}] - mean) * (parts[${at}] - mean) * ${countOf(of)}`, 'deviation')}
      if (local == 0) {
        y[place / ${vectors} * ${2 * vectors} + place % ${vectors}] = mean;
        y[(place / ${vectors} * 2 + 1) * ${vectors} + place % ${vectors}] = deviation / ${rows};
      }`,
  });
}
