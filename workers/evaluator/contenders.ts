import { baselineTitle, isBaseline } from '../../src/core/baselines';
import { differingSettings } from '../../src/core/comparison/differences';
import { runNames } from '../../src/core/comparison/names';
import { UNTRAINED_ROW } from '../../src/core/comparison/table';
import { isComparable } from '../../src/core/ended';
import { measureInfo } from '../../src/core/measures';
import { applies } from '../../src/core/methods';
import { isPretrained } from '../../src/core/pretrained';
import type { Evaluation, Measure, Run } from '../../src/core/records';
import { layerWords, representationWords } from '../../src/core/representation';
import { readHistory } from '../../src/database/checkpoints';
import type { Database } from '../../src/database/connection';
import { embeddingsHead, embeddingsVersion, listBaselines, loadEmbeddings } from '../../src/database/embeddings';
import { listRuns } from '../../src/database/runs';
import type { Contender } from '../../src/evaluate/comparison/compare';
import { evaluateEmbedding } from '../../src/evaluate/summary';

/** An embedding to be compared, before anything is known of it. */
export type Entrant = Omit<Contender, 'measures'>;

/** What was found of chosen representations, which no history holds; good until another table is stored. */
const known = new Map<string, { version: string | null; words: string; measures: Measure[] }>();

/**
 * A run's chosen representation in words, and what can be told of its stored table alone: its encoder's history is of the
 * pooled backbone, and so are its views. Null where the pooled backbone is its embedding.
 */
async function represented(db: Database, { id, dataset, representation, config: { backbone } }: Run) {
  if (!representation) return null;
  const version = await embeddingsVersion(db, dataset, id);
  const before = known.get(id);
  if (before?.version === version) return before;
  const table = await loadEmbeddings(db, dataset, id).catch(() => null);
  if (!table) return { words: layerWords(representation, backbone), measures: [] };
  const { values, count, dim } = table;
  const measures = await evaluateEmbedding({ values, count, dim });
  const found = { version, words: representationWords(representation, backbone, dim), measures };
  known.set(id, found);
  return found;
}

/** The wanted runs, oldest first, then the wanted baselines. */
export async function entrants(db: Database, dataset: string, wanted: readonly string[]): Promise<Entrant[]> {
  const all = await listRuns(db, dataset);
  const names = runNames(all.filter(isComparable));
  const runs = all.filter(({ id }) => wanted.includes(id)).reverse();
  const differing = differingSettings(runs.map(({ config }) => config));
  const chosen = await Promise.all(runs.map((run) => represented(db, run)));
  const settings = differing.map((words, i) => [chosen[i]?.words, words].filter(Boolean).join('; '));
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

const withoutLabels = (evaluation: Evaluation | undefined): Measure[] =>
  evaluation?.measures.filter(({ name }) => ['views', 'nothing'].includes(measureInfo(name).by)) ?? [];

/** What was measured of each entrant without labels when it was embedded last: entrant -> measures. */
export async function labelFree(
  db: Database,
  dataset: string,
  all: readonly Entrant[],
): Promise<Map<string, Measure[]>> {
  const untrained = await embeddingsHead(db, dataset, 'untrained');
  const stored = await listBaselines(db, dataset);
  // Of a large data set the untrained encoder embeds a sample alone, which is not kept.
  const ofBaselines = ({ key }: { key: string }): boolean =>
    untrained ? untrained.about.endsWith(key) : !isPretrained(key);
  const baselines = stored.find(ofBaselines)?.evaluations ?? [];
  const runs = await listRuns(db, dataset);
  const found = await Promise.all(
    all.map(async ({ id, baseline }) => {
      const pretrained = stored.find(({ key }) => key === id)?.evaluations[0];
      if (pretrained) return [id, withoutLabels(pretrained)] as const;
      const run = runs.find((one) => one.id === id);
      const own = run && (await represented(db, run));
      if (own) return [id, own.measures] as const;
      const evaluations = baseline ? baselines : ((await readHistory(db, id))?.evaluations ?? []);
      return [id, withoutLabels(evaluations.findLast(({ of }) => of === (baseline ? id : 'run')))] as const;
    }),
  );
  return new Map(found);
}
