import { deleteDB } from 'idb';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Lookalike, LookalikeContext } from '../app/store/hooks';
import { patch } from '../app/store/store';
import { openDatabase } from '../database/connection';
import { saveEmbeddings } from '../database/embeddings';
import { someDataset } from '../database/fixtures.testing';
import { createDataset } from '../database/storage';
import { CompareNeighbours } from '../features/compare/CompareNeighbours';
import { Similar } from '../features/search/Similar';
import { createLookalike } from './connect';

// Real searching threads over a real database, some of which fail: what the page shows is of the selected picture, or
// says that there is nothing.

const COUNT = 12;
/** The picture whose search ends a faulty thread. */
const POISON = 7;
type Script = 'real' | 'throws' | 'loops' | 'gone';

const RealWorker = globalThis.Worker;
let scripts: Script[];
let started: Script[];
let lookalike: Lookalike;
let root: Root;

beforeEach(async () => {
  document.body.innerHTML = '<div id="here"></div>';
  const db = await openDatabase();
  await createDataset(db, someDataset({ count: COUNT }));
  const values = Float32Array.from({ length: 2 * COUNT }, (_, i) => Math.cos(i * i));
  const table = { dataset: 'set', run: 'pretrained inception-v3', step: 0, about: 'a network', count: COUNT, dim: 2 };
  await saveEmbeddings(db, { ...table, values });
  db.close();
  started = [];
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const script = scripts.shift() ?? 'real';
      started.push(script);
      super(script === 'gone' ? '/no such script.js' : script === 'real' ? url : faulty(url, script), options);
    }
  };
  lookalike = createLookalike();
  root = createRoot(document.getElementById('here') as HTMLElement);
});

afterEach(async () => {
  root.unmount();
  globalThis.Worker = RealWorker;
  await deleteDB('lookalike');
});

/** Shows the data set, and has the first of these scripts started: the names of its pictures are asked of it. */
async function open(...given: Script[]): Promise<void> {
  scripts = given;
  patch(lookalike.store, 'library', { datasets: [someDataset({ count: COUNT })], current: 'set', ready: true });
  await vi.waitFor(() => expect(started).toHaveLength(1));
}

/** The searcher's script with a listener of its own, before the searcher's, that throws at the poison, or never ends. */
function faulty(url: string | URL, fault: 'throws' | 'loops'): string {
  const lines = [
    `import ${JSON.stringify(new URL(url, location.href).href)};`,
    `addEventListener('message', (event) => {`,
    `  if (event.data.request?.query?.[0].rows[0] !== ${POISON}) return;`,
    `  event.stopImmediatePropagation();`,
    fault === 'throws' ? `  throw new Error('poisoned');` : `  for (;;);`,
    `}, true);`,
  ];
  return URL.createObjectURL(new Blob([lines.join('\n')], { type: 'text/javascript' }));
}

const similar = () => lookalike.store.getState().similar;
const faults = () => lookalike.store.getState().faults.map(({ message }) => message);
const settled = () => vi.waitFor(() => expect(similar().searching).toBe(false), { timeout: 20_000 });

/** Every state in which neighbours of another picture stand under the selected one without being searched anew. */
function watchForOthers(): string[] {
  const seen: string[] = [];
  // After the action that changed it: what stands between two of its lines is never drawn.
  lookalike.store.subscribe(() =>
    queueMicrotask(() => {
      const { row, result, searching } = similar();
      if (result && !searching && result.row !== row) seen.push(`neighbours of ${result.row} under ${row}`);
    }),
  );
  return seen;
}

function show(panel: React.ReactNode): void {
  root.render(<LookalikeContext value={lookalike}>{panel}</LookalikeContext>);
}

const said = (words: string) =>
  vi.waitFor(() => expect(document.body.textContent).toContain(words), { timeout: 20_000 });

test('a searcher that throws is replaced, and the new one is asked again', async () => {
  await open('throws', 'real');
  const others = watchForOthers();
  lookalike.actions.select(0);
  await settled();
  expect(similar().result?.row).toBe(0);
  lookalike.actions.select(POISON);
  const aside = lookalike.actions.neighboursIn('pretrained inception-v3', POISON, 3);
  await settled();
  expect(similar()).toMatchObject({ failed: false, result: { row: POISON } });
  expect((await aside)?.row).toBe(POISON);
  expect([started, others, faults()]).toEqual([['throws', 'real'], [], []]);
});

test('a searcher that loops is noticed by its silence, and replaced', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await open('loops', 'real');
  lookalike.actions.select(0);
  await settled();
  lookalike.actions.select(POISON);
  await vi.waitFor(() => expect(similar().searching).toBe(true));
  vi.advanceTimersByTime(100_000);
  expect(started).toHaveLength(1);
  vi.advanceTimersByTime(30_000);
  await settled();
  vi.useRealTimers();
  expect(similar()).toMatchObject({ failed: false, result: { row: POISON } });
  expect([started, faults()]).toEqual([['loops', 'real'], []]);
});

test.each(['throws', 'gone'] as const)(
  'when the new one fails too (%s), that is told and nothing is shown',
  async (fault) => {
    await open('throws', fault);
    const others = watchForOthers();
    lookalike.actions.select(0);
    await settled();
    lookalike.actions.select(POISON);
    await settled();
    expect(similar()).toMatchObject({ failed: true, result: null });
    expect(faults()).toEqual([expect.stringMatching(/^The search ended unexpectedly: /)]);
    show(<Similar deeds={null} labels={null} />);
    await said('This search failed.');

    document.querySelector<HTMLElement>('.similar .empty button')?.click();
    await settled();
    expect(similar()).toMatchObject({ failed: false, result: { row: POISON } });
    expect(others).toEqual([]);
  },
);

test('the comparison stops waiting for a searcher that fails twice, and says so', async () => {
  await open('gone', 'gone');
  patch(lookalike.store, 'encoders', { embedded: new Map([['pretrained inception-v3', 0]]) });
  show(<CompareNeighbours />);
  await said('This search failed.');
  expect(document.body.textContent).not.toContain('Searching');
  expect(faults()).toHaveLength(1);
});
