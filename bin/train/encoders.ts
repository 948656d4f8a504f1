import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import { percent } from '../../src/core/amounts';
import { bestEncoder, type Measured, measureNamed } from '../../src/core/encoders/decisive';
import { type EncoderVerdict, intervalOf, pointRange } from '../../src/core/encoders/verdict';
import { DECISIVE } from '../../src/core/measures';
import { FIRST_ENCODER, PRETRAINED, pretrainedRun } from '../../src/core/pretrained';
import type { Measure } from '../../src/core/records';
import type { PictureLine } from '../rows_picture';
import { complainOfFaults, takeFaults } from './drive';
import { say, sleep } from './watch';

// What a trained encoder is put beside: the networks that come with the page.

/** Neighbours of a probe picture that are shown. */
const SHOWN = 8;

/** Has the data set embedded by every network that comes with the page, with frozen `views` or without, until aborted. */
export async function embedNetworks(page: Page, views: boolean, aborted: AbortSignal): Promise<void> {
  // What was said of the run is no trouble of theirs.
  for (const fault of await takeFaults(page)) say(fault);
  aborted.addEventListener('abort', () => void page.evaluate(() => lookalike.actions.stopPretrained()));
  for (const { name } of PRETRAINED) {
    if (aborted.aborted) return;
    await page.evaluate(([one, how]) => lookalike.actions.addPretrained(one, { views: how }), [name, views] as const);
    // The trainer says the end of each in the order asked.
    const busy = () =>
      page.evaluate((of) => lookalike.store.getState().measures.asked.includes(of), pretrainedRun(name));
    while (await busy()) await sleep(200);
    await complainOfFaults(page);
  }
}

/** The probe pictures, each with its neighbours by the frozen network and by the trained encoder below. */
export async function probeLines(page: Page, run: string): Promise<PictureLine[]> {
  const lines = await page.evaluate(
    async ({ run, frozen, SHOWN }) => {
      const rows =
        lookalike.store
          .getState()
          .probes.history.at(-1)
          ?.probes.map(({ row }) => row) ?? [];
      const found: { of: string; row: number; neighbours: { row: number; similarity: number }[] }[] = [];
      for (const row of rows)
        for (const of of [frozen, run]) {
          const result = await lookalike.actions.neighboursIn(of, row, SHOWN);
          if (result) found.push({ of, row, neighbours: result.neighbours });
        }
      return found;
    },
    { run, frozen: pretrainedRun(FIRST_ENCODER), SHOWN },
  );
  return lines.map(({ of, row, neighbours }) => ({
    title: of === run ? 'trained' : `${FIRST_ENCODER}, not trained on these pictures`,
    rows: [row, ...neighbours.map((one) => one.row)],
    words: ['', ...neighbours.map(({ similarity }) => similarity.toFixed(3))],
  }));
}

/** What a report says of the encoders of a data set. */
export interface EncodersReport {
  encoders: readonly Measured[];
  verdict: EncoderVerdict | null;
}

/** '29.7 % (26.5 to 32.9)' */
function valueWords(measure: Measure | null): string {
  if (!measure) return '-';
  const interval = intervalOf(measure);
  return `${percent(measure.value)}${interval ? ` ${pointRange(interval)}` : ''}`;
}

/** A table of the encoders, the best first, with 95 % intervals, and the sentence on the trained one. */
export function encoderTable({ encoders, verdict }: EncodersReport): string {
  const by = bestEncoder(encoders)?.by ?? 'two-view R@1';
  const amountOf = (one: Measured): number => measureNamed(one, by)?.value ?? -1;
  const shown = DECISIVE.filter((name) => encoders.some((one) => measureNamed(one, name)));
  const rows = encoders
    .filter((one) => shown.some((name) => measureNamed(one, name)))
    .toSorted((a, b) => amountOf(b) - amountOf(a))
    .map((one) => [one.name, ...shown.map((name) => valueWords(measureNamed(one, name)))]);
  const table = [[`by ${by}, the best first`, ...shown], ...rows];
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const lines = table.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]))
      .join('  ')
      .trimEnd(),
  );
  const words = verdict
    ? [verdict.advice, verdict.figures].filter(Boolean).join('\n')
    : 'Nothing tells these encoders apart: folders or pairs would.';
  return [...(rows.length > 0 ? [...lines, ''] : []), words].join('\n');
}
