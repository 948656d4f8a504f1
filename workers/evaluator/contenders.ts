import { differingSettings } from '../../src/core/comparison/differences';
import { runNames } from '../../src/core/comparison/names';
import { UNTRAINED_ROW } from '../../src/core/comparison/table';
import { isComparable } from '../../src/core/ended';
import { baselineTitle, isBaseline } from '../../src/core/judgement';
import { applies } from '../../src/core/methods';
import type { Evaluation, Measure } from '../../src/core/records';
import { readHistory } from '../../src/database/checkpoints';
import type { Database } from '../../src/database/connection';
import { listBaselines, loadEmbeddings } from '../../src/database/embeddings';
import { listRuns } from '../../src/database/runs';
import type { Contender } from '../../src/evaluate/comparison/compare';

/** An embedding to be compared, before anything is known of it. */
export type Entrant = Omit<Contender, 'measures'>;

/** The wanted runs, oldest first, then the wanted baselines. */
export async function entrants(db: Database, dataset: string, wanted: readonly string[]): Promise<Entrant[]> {
  const all = await listRuns(db, dataset);
  const names = runNames(all.filter(isComparable));
  const runs = all.filter(({ id }) => wanted.includes(id)).reverse();
  const settings = differingSettings(runs.map(({ config }) => config));
  const ofRuns = runs.map(({ id, config, step, seconds, memory }, i) => ({
    id,
    name: names.get(id) ?? id,
    baseline: false,
    settings: settings[i],
    steps: step,
    seconds,
    images: step * config.batch,
    batch: config.batch,
    queue: applies('queue', config.method) ? config.queue : null,
    memory: memory ?? null,
  }));
  const ofBaselines = wanted.filter(isBaseline).map((id) => ({
    id,
    name: baselineTitle(id),
    baseline: true,
    ...UNTRAINED_ROW,
  }));
  return [...ofRuns, ...ofBaselines];
}

const WITHOUT_LABELS: readonly Measure['name'][] = ['two-view R@1', 'alignment', 'uniformity', 'RankMe', 'collapse'];

const withoutLabels = (evaluation: Evaluation | undefined): Measure[] =>
  evaluation?.measures.filter(({ name }) => WITHOUT_LABELS.includes(name)) ?? [];

/** What was measured of each entrant without labels when it was embedded last: entrant -> measures. */
export async function labelFree(
  db: Database,
  dataset: string,
  all: readonly Entrant[],
): Promise<Map<string, Measure[]>> {
  const untrained = await loadEmbeddings(db, dataset, 'untrained').catch(() => null);
  const stored = await listBaselines(db, dataset);
  const baselines = stored.find(({ key }) => untrained?.about.endsWith(key))?.evaluations ?? [];
  const found = await Promise.all(
    all.map(async ({ id, baseline }) => {
      const pretrained = stored.find(({ key }) => key === id)?.evaluations[0];
      if (pretrained) return [id, withoutLabels(pretrained)] as const;
      const evaluations = baseline ? baselines : ((await readHistory(db, id))?.evaluations ?? []);
      return [id, withoutLabels(evaluations.findLast(({ of }) => of === (baseline ? id : 'run')))] as const;
    }),
  );
  return new Map(found);
}
