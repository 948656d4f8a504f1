import { count as grouped } from '../../src/core/amounts';
import { baselineTitle } from '../../src/core/baselines';
import { COMPARED } from '../../src/core/compared';
import { runNames } from '../../src/core/comparison/names';
import { isComparable } from '../../src/core/ended';
import { Fault } from '../../src/core/fault';
import type { TestResult } from '../../src/core/test_result';
import type { Database } from '../../src/database/connection';
import { readPaths } from '../../src/database/images';
import { readLabels } from '../../src/database/labels';
import { listRuns } from '../../src/database/runs';
import { readTestResult, saveTestResult } from '../../src/database/test_results';
import { evaluateColumn } from '../../src/evaluate/downstream';
import type { EvaluatorCalls } from '../../src/protocol/evaluating';
import { embeddingOf, versionOf } from './embeddings';
import { testedColumns } from './labels';
import type { PictureReader } from './pictures';
import { unitsOf } from './together';
import { inTurns } from './turn';

type Request = Parameters<EvaluatorCalls['test']>[0];
type Say = (message: string, share: number) => void;

/** Whether what is stored was found for this embedding with these groups. */
const current = (found: TestResult | null, version: string, groups: string | null): boolean =>
  found !== null && found.version === version && found.groups === groups;

/**
 * Evaluates each of the embeddings by the column and keeps what was found, one after the other: what was found before a
 * cancel stays. An embedding that is not there is left out. When labels are changed meanwhile, it begins again by those of
 * now.
 * @throws Fault 'config' where the labels do not allow a test, and where there are too many pictures
 */
export async function testColumn(
  db: Database,
  reader: PictureReader,
  request: Request,
  signal: AbortSignal,
  say: Say,
): Promise<void> {
  const { dataset, column: name, groups, of: wanted } = request;
  const pictures = await readPaths(db, dataset);
  if (pictures.length > COMPARED)
    throw new Fault(
      'config',
      `Tests by labels take up to ${grouped(COMPARED)} pictures, as they compare the pixels of every two.`,
      'The quality under Models is measured of more, too.',
    );
  const given = await readLabels(db, dataset);
  const columns = await testedColumns(db, dataset, given, pictures);
  const column = columns.find((one) => one.name === name);
  if (!column) throw new Fault('config', `There are no labels called "${name}".`, 'Choose others.');
  const facts = await reader.facts(dataset, signal, say);
  const units = unitsOf(pictures, columns, groups, facts);
  const names = runNames((await listRuns(db, dataset)).filter(isComparable));
  for (const [place, of] of wanted.entries()) {
    const version = await versionOf(db, dataset, of, pictures.length);
    if (version === null || current(await readTestResult(db, dataset, name, of), version, groups)) continue;
    const rows = await embeddingOf(db, dataset, of, facts);
    if (!rows || rows.count !== pictures.length) continue;
    const words = `Testing ${names.get(of) ?? baselineTitle(of)} by ${name}, ${place + 1} of ${wanted.length}`;
    say(words, place / wanted.length);
    const work = evaluateColumn(rows, column, { units });
    const found = await inTurns(work, signal, (share) => say(words, (place + share) / wanted.length));
    const result = { dataset, column: name, of, version, groups, units, ...found };
    if (!(await saveTestResult(db, result, given))) return testColumn(db, reader, request, signal, say);
  }
}
