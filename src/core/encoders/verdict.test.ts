import { expect, test } from 'vitest';
import type { MeasureName } from '../measures';
import type { Measure } from '../records';
import { bestEncoder, type Measured, rivalOf } from './decisive';
import { type SearchEvaluation, searchVerdict } from './search_evaluation';
import { encoderVerdict, intervalOf, type PairedDifference } from './verdict';

/** Measures of 400 queries, the whole ranking with an interval of so much to both sides. */
const measured = (name: string, values: Readonly<Record<string, number>>, half = 0.02): Measured => ({
  name,
  measures: Object.entries(values).map(
    ([of, value]): Measure => ({
      ...{ name: of as MeasureName, value, queries: 400, protocol: '' },
      ...(of === 'mAP@R' ? { interval: { low: value - half, high: value + half } } : {}),
    }),
  ),
});
const paired = (value: number, half: number, units = 400): PairedDifference => ({
  ...{ name: 'mAP@R', value, queries: 400, units },
  interval: { low: value - half, high: value + half },
});
const frozen = measured('InceptionV3', { 'mAP@R': 0.266, kNN: 0.5 });

test('the paired difference decides where it is known, and stands in the sentence', () => {
  const ours = measured('MoCo v2', { 'mAP@R': 0.303, kNN: 0.2 }, 0.05);
  expect(encoderVerdict(ours, frozen, { paired: paired(0.037, 0.016), view: 'refined' })).toEqual({
    outcome: 'better',
    advice: 'MoCo v2 finds better than InceptionV3: use it.',
    figures:
      'Measured by the folders of 400 pictures: mAP@R 30.3 % against 26.6 %, 3.7 points higher (2.1 to 5.3), both refined.',
  });
  const worse = encoderVerdict(measured('MoCo v2', { 'mAP@R': 0.2 }), frozen, { paired: paired(-0.066, 0.01) });
  expect(worse.outcome).toBe('worse');
  expect(worse.figures).toContain('6.6 points lower (5.6 to 7.6)');
  expect(encoderVerdict(ours, frozen, { paired: paired(0.037, 0.04) }).outcome).toBe('same');
  expect(encoderVerdict(ours, frozen, { paired: paired(0.037, 0.016, 9) }).outcome).toBe('same');
});

test('of what is used already it says how that finds, and advises nothing', () => {
  const advice = (value: number, used: boolean) =>
    encoderVerdict(measured('MoCo v2', { 'mAP@R': 0.266 + value }), frozen, {
      ...{ paired: paired(value, 0.016), subject: 'Training', used },
    }).advice;
  expect([0.04, 0, -0.04].map((value) => [advice(value, false), advice(value, true)])).toEqual([
    ['Training finds better than InceptionV3: use it.', 'Training finds better than InceptionV3.'],
    ['Training makes no clear difference: keep InceptionV3.', 'Training makes no clear difference.'],
    ['Training finds worse: keep InceptionV3.', 'Training finds worse than InceptionV3.'],
  ]);
});

test('a verdict turns round when its encoders do', () => {
  const ours = measured('MoCo v2', { 'mAP@R': 0.303 });
  const there = encoderVerdict(ours, frozen, { paired: paired(0.037, 0.016) });
  const back = encoderVerdict(frozen, ours, { paired: paired(-0.037, 0.016) });
  expect([there.outcome, back.outcome]).toEqual(['better', 'worse']);
});

test('without the paired difference, intervals that do not meet make one of what is no share', () => {
  const of = (value: number) => encoderVerdict(measured('MoCo v2', { 'mAP@R': value }), frozen).outcome;
  expect([0.31, 0.3, 0.22].map(of)).toEqual(['better', 'same', 'worse']);
});

// Two standard errors of a difference of shares of 400 queries at .5 are .07.
test.each([
  [0.6, 'better'],
  [0.53, 'same'],
  [0.4, 'worse'],
])('kNN of %f beside .5 of 400 queries is %s', (value, outcome) => {
  const verdict = encoderVerdict(measured('Shoes', { kNN: value }), measured('InceptionV3', { kNN: 0.5 }));
  expect(verdict.outcome).toBe(outcome);
});

test('views of different recipes tell nothing', () => {
  const [natural, grey] = (['natural', 'grey'] as const).map((recipe) => ({
    name: recipe,
    measures: [{ name: 'two-view R@1', value: recipe === 'grey' ? 0.1 : 0.9, recipe, protocol: '' } as const],
  }));
  expect(encoderVerdict(natural, grey).outcome).toBe('unknown');
});

test('the best is the best by the whole ranking where that was measured; partners asked both ways count by their mean', () => {
  const trained = measured('trained', { kNN: 0.6, 'mAP@R': 0.25 });
  expect(bestEncoder([frozen, trained])).toMatchObject({ best: { name: 'InceptionV3' }, by: 'mAP@R' });
  expect(bestEncoder([measured('a', {}), measured('b', {})])).toBe(null);
  const partners = (name: string, ...values: number[]): Measured => ({
    name,
    measures: values.map((value) => ({ name: 'partner R@1', value, protocol: '' })),
  });
  expect(bestEncoder([partners('a', 0.9, 0.1), partners('b', 0.4, 0.7)])?.best.name).toBe('b');
  expect(rivalOf(trained, [measured('poor', { 'mAP@R': 0.1, kNN: 1 }), frozen])?.name).toBe('InceptionV3');
  expect(rivalOf(trained, [partners('a', 1)])).toBe(null);
});

test('a share without interval has one by its queries', () => {
  const interval = intervalOf({ name: 'kNN', value: 0.5, queries: 398, protocol: '' });
  expect(interval?.low).toBeCloseTo(0.45, 6); // 2 sqrt(.25 / 400)
  expect(interval?.high).toBeCloseTo(0.55, 6);
});

test.each([
  ['mAP@R', 'kind', 'your 400 labels in “kind”'],
  ['mAP@R', 'folder', 'the folders of 400 pictures'],
  ['two-view R@1', undefined, 'two views of 400 pictures'],
  ['partner R@1', undefined, 'the given partners of 400 pictures'],
] as const)('the figures of %s say that it is measured by %s', (name, column, by) => {
  const [ours, theirs] = [0.5, 0.4].map((value) => {
    const { measures, ...one } = measured('', { [name]: value });
    return { ...one, measures: measures.map((measure) => ({ ...measure, ...(column && { column }) })) };
  });
  expect(encoderVerdict(ours, theirs).figures).toContain(`Measured by ${by}: ${name} 50.0 %`);
});

test('differences from the encoder in use compare it with each other either way', () => {
  const ours = { id: 'run', ...measured('MoCo v2', { 'mAP@R': 0.303 }) };
  const network = { id: 'network', ...frozen };
  const of = (beside: string, encoder: string, difference: PairedDifference): SearchEvaluation => ({
    ...{ dataset: '', column: 'folder', refined: true, beside },
    of: { [encoder]: { measures: [], difference } },
  });
  const there = searchVerdict(of('network', 'run', paired(0.037, 0.016)), ours, network);
  expect(there.outcome).toBe('better');
  expect(searchVerdict(of('run', 'network', paired(-0.037, 0.016)), ours, network)).toEqual(there);
});
