import type { Page } from 'playwright';
import type {} from '../../src/app/session/scripting';
import { BASELINES } from '../../src/core/baselines';
import { PRETRAINED } from '../../src/core/pretrained';
import type { Run } from '../../src/core/records';
import type { SubjectReport } from '../../src/core/sensitivity';
import { complainOfFaults } from '../train/drive';
import { sleep } from '../train/watch';

export interface Sensitivity {
  reports: SubjectReport[];
  /** Each alteration's, in the order of the results. */
  words: string[];
  protocol: string;
}

/** Puts the runs, the baselines and, if asked for, the networks that come with the page through the sensitivity lab. */
export async function sensitivityOf(page: Page, runs: readonly Run[], pretrained: boolean): Promise<Sensitivity> {
  const networks = pretrained ? PRETRAINED.map(({ name }) => name) : [];
  await page.evaluate(
    ([ids, baselines, names]) =>
      lookalike.actions.trySensitivity(
        [
          ...ids.map((run) => ({ run })),
          ...baselines,
          ...names.map((network) => ({ network, address: new URL(`pretrained/${network}`, document.baseURI).href })),
        ],
        'disc',
      ),
    [runs.map(({ id }) => id), BASELINES, networks] as const,
  );
  while (await page.evaluate(() => lookalike.store.getState().interpretation.asked.includes('sensitivity')))
    await sleep(200);
  await complainOfFaults(page);
  const found = await page.evaluate(() => lookalike.store.getState().interpretation.sensitivity);
  if (!found) throw new Error('The sensitivity lab ended without an answer');
  const { reports, strip, protocol } = found;
  return { reports, words: strip.words.slice(1), protocol };
}
