import { describe, expect, test } from 'vitest';
import { type BlindTest, isCurrent, usualPair, withoutEncoder, withTest } from '../../../core/blind_test';
import { blindTestLines } from './lines';
import { blindOutcome, clearWins, outcomeNotes, outcomeWords, shareInterval, upperTail } from './outcome';

describe('the interval of a share', () => {
  // With all wins, low^n = .025, and P(X <= 0) mirrors it.
  test.each([1, 5, 9, 10, 40])('of %d of as many has a closed form', (of) => {
    const bound = 0.025 ** (1 / of);
    expect(shareInterval(of, of).low).toBeCloseTo(bound, 10);
    expect(shareInterval(of, of).high).toBe(1);
    expect(shareInterval(0, of).low).toBe(0);
    expect(shareInterval(0, of).high).toBeCloseTo(1 - bound, 10);
  });

  test('is the one of the tables: 7 of 9, .400 to .972', () => {
    const { low, high } = shareInterval(7, 9);
    expect([low, high].map((value) => value.toFixed(3))).toEqual(['0.400', '0.972']);
  });

  test('covers every share in at least 95 of 100 tests', () => {
    for (const share of [0.05, 0.3, 0.5, 0.62, 0.97]) {
      const probability = (wins: number) => upperTail(wins, 12, share) - upperTail(wins + 1, 12, share);
      const covering = Array.from({ length: 13 }, (_, wins) => wins).filter((wins) => {
        const { low, high } = shareInterval(wins, 12);
        return low <= share && share <= high;
      });
      expect(covering.reduce((sum, wins) => sum + probability(wins), 0)).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('leaves out a half exactly where so many wins are clear', () => {
    for (let of = 1; of <= 60; of++)
      for (let wins = Math.ceil(of / 2); wins <= of; wins++)
        expect(shareInterval(wins, of).low > 0.5).toBe(wins >= (clearWins(of) ?? Number.POSITIVE_INFINITY));
  });

  test('takes 9 of 10 to be clear, 6 of 6, and more than 5', () => {
    expect([5, 6, 8, 9, 10, 20, 50].map(clearWins)).toEqual([null, 6, 8, 8, 9, 15, 33]);
  });

  test('by looking after every ten answers, chance gives 10 in 100 tests of fifty a winner', () => {
    let undecided = new Map([[0, 1]]);
    let decided = 0;
    for (let of = 1; of <= 50; of++) {
      const next = new Map<number, number>();
      for (const [wins, mass] of undecided)
        for (const more of [0, 1]) next.set(wins + more, (next.get(wins + more) ?? 0) + mass / 2);
      undecided = next;
      const clear = clearWins(of) ?? Number.POSITIVE_INFINITY;
      if (of % 10 > 0) continue;
      for (const [wins, mass] of [...undecided])
        if (wins >= clear || of - wins >= clear) {
          decided += mass;
          undecided.delete(wins);
        }
    }
    expect(decided).toBeCloseTo(0.101, 3);
  });
});

/** A test of 'moco' at step 200 and 'inception' with so many answers for each and for neither. */
const answered = (moco: number, inception: number, ties = 0, fields: Partial<BlindTest> = {}): BlindTest => {
  const preferred = [...Array(moco).fill(0), ...Array(inception).fill(1), ...Array(ties).fill(null)];
  return {
    seed: 1,
    encoders: [
      { id: 'moco', step: 200 },
      { id: 'inception', step: 0 },
    ],
    view: { refined: true, grouped: false },
    answers: preferred.map((one, row) => ({ row, preferred: one })),
    same: [],
    goal: preferred.length,
    ...fields,
  };
};
const names = ['MoCo v2', 'InceptionV3'] as const;

test.each([
  [answered(9, 1), 'MoCo v2 is better: you preferred it in 9 of 10 (55 % to 100 %).'],
  [answered(1, 9), 'InceptionV3 is better: you preferred it in 9 of 10 (55 % to 100 %).'],
  [answered(7, 2, 1), 'You preferred MoCo v2 in 7 of 9 (40 % to 97 %): that cannot be told from chance.'],
  [
    answered(5, 5),
    'You preferred MoCo v2 in 5 of 10 (19 % to 81 %) and InceptionV3 in as many: nothing tells them apart.',
  ],
  [answered(0, 0), 'Both find the same for every query: there is nothing to tell apart.'],
  [answered(0, 0, 10), 'Both were as good every time: nothing tells them apart.'],
])('says %#', (given, words) => {
  expect(outcomeWords(blindOutcome(given), names)).toBe(words);
});

test('says what it takes, and what was left out', () => {
  const notes = (given: BlindTest) => outcomeNotes(blindOutcome(given), given);
  expect(notes(answered(9, 1))).toEqual([]);
  expect(notes(answered(7, 2, 1, { same: [11, 12] }))).toEqual([
    '8 of 9 would have been clear.',
    '1 of 10 answers found both as good and count for neither.',
    '2 queries were not asked, because both found the same.',
  ]);
  expect(notes(answered(3, 0, 7))[0]).toContain('never clear');
  expect(notes(answered(20, 10)).at(-1)).toContain('beforehand');
});

const list = [
  { id: 'moco', name: 'MoCo v2', kind: 'run' },
  { id: 'inception', name: 'InceptionV3', kind: 'bundled' },
];
const embedded = new Map([
  ['moco', 200],
  ['inception', 0],
]);

test('a line for each of the two encoders, seen from its own side', () => {
  const tests = [answered(7, 2, 1)];
  const line = (id: string, at = embedded) => blindTestLines(tests, id, list, at);
  expect(line('moco')).toEqual(['Blind test against InceptionV3: preferred in 7 of 9 (40 % to 97 %)']);
  expect(line('inception')).toEqual(['Blind test against MoCo v2: preferred in 2 of 9 (3 % to 60 %)']);
  expect(line('untrained')).toEqual([]);
  const later = new Map(embedded).set('moco', 300);
  expect(line('inception', later)[0]).toMatch(/; MoCo v2 as of step 200$/);
  expect(isCurrent(tests[0], embedded)).toBe(true);
  expect(isCurrent(tests[0], later)).toBe(false);
});

test('a test that is not over says how far it is, and nothing of how it stands', () => {
  const tests = [answered(3, 1, 0, { goal: 10 })];
  expect(blindTestLines(tests, 'moco', list, embedded)).toEqual(['Blind test against InceptionV3: 4 of 10 answered']);
});

test('there is one test of two encoders, in whichever order; it goes with either of them', () => {
  const before = answered(1, 0);
  const other: BlindTest = { ...before, encoders: [before.encoders[0], { id: 'untrained', step: 0 }] };
  const again: BlindTest = { ...answered(2, 0), encoders: [before.encoders[1], before.encoders[0]] };
  expect(withTest(withTest([before], other), again)).toEqual([other, again]);
  expect(withoutEncoder([other, again], 'inception')).toEqual([other]);
  expect(withoutEncoder([other, again], 'moco')).toEqual([]);
});

test('usually the one that searches is compared with the newest run, else with the first other', () => {
  const untrained = { id: 'untrained', kind: 'untrained' };
  expect(usualPair([...list, untrained], 'inception')).toEqual(['inception', 'moco']);
  expect(usualPair([...list, untrained], 'moco')).toEqual(['moco', 'inception']);
  expect(usualPair([list[1], untrained], null)).toEqual(['inception', 'untrained']);
  expect(usualPair([untrained], 'untrained')).toBe(null);
});
