import { type BlindTest, ROUND, type Side } from '../../../core/blind_test';
import { Draws } from '../../../core/random';

const [IN_TENTH, TENTHS, SIDES] = [0, 1, 2];

/**
 * Rows 0 .. count - 1 in the order they are asked about, each once. Rows come in the order of their folders: so every
 * ten that follow each other are one of each tenth of the set.
 */
export function drawQueries(seed: number, count: number): number[] {
  const tenths = Math.min(ROUND, count);
  const start = (tenth: number): number => Math.floor((tenth * count) / tenths);
  const draws = (step: number, image: number): Draws => new Draws({ seed, purpose: 'blind test', step, image });
  const rows = Array.from({ length: tenths }, (_, tenth) =>
    Array.from(draws(IN_TENTH, tenth).permutation(start(tenth + 1) - start(tenth)), (place) => start(tenth) + place),
  );
  const rounds = Array.from({ length: Math.ceil(count / tenths) }, (_, round) =>
    Array.from(draws(TENTHS, round).permutation(tenths), (tenth) => rows[tenth][round]),
  );
  return rounds.flat().filter((row) => row !== undefined);
}

/** Whose rows are shown as row 1 and row 2 of the question after `answered` others: in every ten each encoder is first in five. */
export function sidesOf(seed: number, answered: number): readonly [Side, Side] {
  const step = SIDES + Math.floor(answered / ROUND);
  const order = new Draws({ seed, purpose: 'blind test', step }).permutation(ROUND);
  return order[answered % ROUND] < ROUND / 2 ? [0, 1] : [1, 0];
}

/**
 * The rows to ask about next, `most` at most: first the question to be answered. None when the test is over, or when of
 * ten times as many queries as are to be answered nothing else could be asked.
 */
export function wantedRows(test: BlindTest, order: readonly number[], most: number): number[] {
  const { answers, same, goal } = test;
  if (same.length >= ROUND * goal) return [];
  const over = new Set([...same, ...answers.map(({ row }) => row)]);
  const left = Math.min(most, goal - answers.length);
  const rows: number[] = [];
  for (const row of order) {
    if (rows.length >= left) break;
    if (!over.has(row)) rows.push(row);
  }
  return rows;
}
