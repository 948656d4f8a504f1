import { describe, expect, test } from 'vitest';
import { findings, folderImported, type Node, nameOf, sourcesUnder } from '../bin/sources';

// Who may import whom, and what nobody may do. ARCHITECTURE.md gives the reasons; a change here is a change of design.

/** Folder -> folders it may import besides itself. `workers` stands outside of src/, `main` is src/main.tsx. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  evaluate: ['core'],
  protocol: ['core'],
  images: ['core'],
  database: ['core'],
  graph: ['core'],
  engine: ['core', 'graph'],
  learn: ['core', 'graph', 'engine'],
  app: ['core', 'protocol', 'database', 'widgets'],
  widgets: ['core'],
  page: ['core', 'protocol', 'app', 'features', 'widgets'],
  main: ['core', 'app', 'page', 'features', 'widgets'],
  workers: ['core', 'evaluate', 'protocol', 'images', 'database', 'graph', 'engine', 'learn'],
};

/** Packages with one door: the folders that may import them. */
const DOORS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^idb$/, ['database']],
  [/^@tensorflow\//, ['engine']],
  [/^zustand(\/|$)/, ['app']],
  [/^uplot(\/|$)/, ['widgets']],
  [/^react(-dom)?(\/|$)/, ['app', 'widgets', 'features', 'page', 'main']],
  [/^@tanstack\/react-virtual$/, ['widgets', 'features']],
];

/** Functions of the database that write, and the thread whose table it is. */
const WRITES = /^(put|save|delete|change|create|sweep|restore)/;
const WRITERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(putBatch|putDatasetChange|putSetAside|putFolder|createDataset|deleteDataset|restore)$/, /^workers\/importer/],
  [/^(saveLabels|changeLabels|deleteLabels|saveTestResult)$/, /^workers\/evaluator/],
  [/^save(Map|Refined)$/, /^workers\/searcher/],
  [
    /^(createRun|changeRun|putRun|deleteEncoder|deleteChoices|sweep|save(Checkpoint|Embeddings|Baselines|Choices|WeightsFile))$/,
    /^workers\/trainer/,
  ],
];

const all = [...sourcesUnder('src'), ...sourcesUnder('workers')].filter(
  ({ path }) => path !== 'src/architecture.test.ts',
);
const program = all.filter(({ isTest }) => !isTest);

/** What one folder may import: a feature knows no other feature, and the page knows them all. */
const mayImport = (folder: string, from: string): boolean =>
  folder.startsWith('features/')
    ? ['core', 'protocol', 'app', 'widgets'].includes(from)
    : (MAY_IMPORT[folder] ?? []).includes(from.replace(/^features\/.*/, 'features'));

const calls = ({ type, callee }: Node, name: string): boolean => type === 'CallExpression' && nameOf(callee) === name;
const objectOf = (node: unknown): string => nameOf((node as { object?: unknown } | undefined)?.object);

describe('imports', () => {
  test('folders import only what the table allows', () => {
    const wrong = program.flatMap((source) =>
      source.imports.flatMap(({ from }) => {
        const folder = folderImported(source, from);
        if (folder === null || folder === source.folder) return [];
        return mayImport(source.folder, folder)
          ? []
          : [`${source.path}: ${source.folder} must not import ${folder} (${from})`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('a plan is made without what runs it', () => {
    const making = program.filter(({ path }) => /engine\/(plan|processor)\/(lower|kernels|rules|augment)\//.test(path));
    expect(making.length).toBeGreaterThan(30);
    const wrong = making.flatMap(({ path, imports }) =>
      imports.flatMap(({ from }) => (/\/(run|executor)\b/.test(from) ? [`${path} must not import ${from}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  test('the program imports no test material', () => {
    const wrong = program.flatMap(({ path, imports }) =>
      imports.flatMap(({ from }) => (/\.testing$/.test(from) ? [`${path} must not import ${from}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  test('packages come in by their doors', () => {
    const wrong = program.flatMap(({ path, folder, imports }) =>
      imports.flatMap(({ from }) => {
        const door = DOORS.find(([name]) => name.test(from));
        return door && !door[1].includes(folder.replace(/\/.*/, ''))
          ? [`${path}: only ${door[1].join(', ')} may import ${from}`]
          : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('each table of the database has one writing thread', () => {
    const wrong = program
      .filter(({ folder }) => folder !== 'database')
      .flatMap((source) =>
        source.imports
          .filter(({ from }) => folderImported(source, from) === 'database')
          .flatMap(({ values }) => values.filter((name) => WRITES.test(name)))
          .filter((name) => !WRITERS.some(([names, place]) => names.test(name) && place.test(source.path)))
          .map((name) => `${source.path} must not call ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('promises', () => {
  test('threads start in three places', () => {
    const started = findings(
      program,
      ({ type, callee }) => type === 'NewExpression' && /^(Shared)?Worker$/.test(nameOf(callee)) && 'new Worker',
    );
    // Helpers belong to the thread that works with them: kernels' threads, decoders.
    expect([...new Set(started)].sort()).toEqual([
      'src/app/threads/threads.ts: new Worker',
      'src/engine/processor/run/threads.ts: new Worker',
      'workers/importer/decoders.ts: new Worker',
    ]);
  });

  test('the GPU is never read synchronously', () => {
    const blocking = ['dataSync', 'arraySync', 'readSync', 'bytesSync'];
    expect(findings(program, (node) => blocking.find((name) => calls(node, name)) ?? false)).toEqual([]);
  });

  test('what learns posts no messages', () => {
    const quiet = program.filter(({ folder }) => ['core', 'graph', 'engine', 'learn', 'evaluate'].includes(folder));
    const posting = findings(quiet, (node) => calls(node, 'postMessage') && 'posts a message');
    // What a thread of the kernels needs to begin, and that it has begun.
    expect(posting.filter((found) => !/^src\/engine\/processor\/run\/threads?\.ts/.test(found))).toEqual([]);
  });

  test('nothing can leave: no connection but to our own files, no pop-up, no navigation', () => {
    const connections = /^(RTCPeerConnection|WebSocket|EventSource|WebTransport|XMLHttpRequest)$/;
    const wrong = findings(program, (node) => {
      const { type, callee, left } = node;
      if (type === 'NewExpression' && connections.test(nameOf(callee))) return `new ${nameOf(callee)}`;
      if (calls(node, 'sendBeacon')) return 'sendBeacon';
      if (calls(node, 'open') && objectOf(callee) === 'window') return 'window.open';
      if ((calls(node, 'assign') || calls(node, 'replace')) && objectOf(callee) === 'location') return 'navigates';
      if (type === 'AssignmentExpression' && [nameOf(left), objectOf(left)].includes('location')) return 'navigates';
      const [address] = (node.arguments ?? []) as { value?: unknown }[];
      return calls(node, 'fetch') && /^(\w+:)?\/\//.test(String(address?.value)) && `fetches ${address.value}`;
    });
    expect(wrong).toEqual([]);
  });
});

describe('style', () => {
  test('no `any`, no default exports, no barrels', () => {
    const banned = ['TSAnyKeyword', 'ExportDefaultDeclaration', 'ExportAllDeclaration'];
    expect(findings(all, ({ type }) => banned.includes(type) && type)).toEqual([]);
  });

  test('no file is longer than 250 lines', () => {
    expect(all.filter(({ lines }) => lines > 250).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });
});
