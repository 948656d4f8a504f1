import type { ComparisonTable } from '../../src/core/comparison/table';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { readTestResults } from '../../src/database/test_results';
import { compare } from '../../src/evaluate/comparison/compare';
import type { EvaluatorCalls } from '../../src/protocol/evaluating';
import { entrants, labelFree } from './contenders';
import { versionOf } from './embeddings';
import { inTurns } from './turn';

type Request = Parameters<EvaluatorCalls['compare']>[0];

/** Tables of the same rows, side by side. */
const sideBySide = (tables: readonly ComparisonTable[]): ComparisonTable => ({
  columns: tables.flatMap(({ columns }) => columns),
  rows: tables[0].rows.map((row, place) => ({ ...row, cells: tables.flatMap(({ rows }) => rows[place].cells) })),
});

/**
 * What is stored of the embeddings, side by side: by each of the label columns, each with what it must keep together, then
 * without labels. What was found for other embeddings or other groups is left out.
 */
export async function compareStored(
  db: Database,
  { dataset, of, columns: wanted, groups }: Request,
  signal: AbortSignal,
): Promise<ComparisonTable> {
  const all = await entrants(db, dataset, of);
  const count = (await readDataset(db, dataset))?.count ?? 0;
  const versions = new Map(
    await Promise.all(all.map(async ({ id }) => [id, await versionOf(db, dataset, id, count)] as const)),
  );
  const tables: ComparisonTable[] = [];
  for (const name of wanted) {
    const stored = (await readTestResults(db, dataset, name)).filter(
      (result) => result.groups === groups && result.version === versions.get(result.of),
    );
    if (stored.length === 0) continue;
    const contenders = all.map((entrant) => ({
      ...entrant,
      measures: stored.find((result) => result.of === entrant.id)?.measures ?? [],
    }));
    tables.push(await inTurns(compare(contenders, { units: stored[0].units }), signal, () => undefined));
  }
  const free = await labelFree(db, dataset, all);
  const contenders = all.map((entrant) => ({
    ...entrant,
    measures: (free.get(entrant.id) ?? []).map((measure) => ({ measure })),
  }));
  tables.push(await inTurns(compare(contenders), signal, () => undefined));
  return sideBySide(tables);
}
