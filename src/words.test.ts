import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// The field's standard words: a retired word comes back into no name, comment or sentence of these folders.
const SRC = [
  ...['core', 'graph', 'engine', 'learn', 'evaluate', 'images', 'database', 'protocol'],
  ...['app', 'features', 'page', 'widgets'],
];
const FOLDERS = [...SRC.map((folder) => `src/${folder}`), 'bin', 'bench', 'workers'];

/** Retired words, so written that plain English does not match; what to say instead. */
const RETIRED: readonly (readonly [RegExp, string])[] = [
  [/slope/i, 'gradient'],
  [/\bspread\b(?=[(:.'])/i, 'feature std'],
  [/judg/i, 'evaluate, test result'],
  [/\b(cutOf|cutsOf|searchCut|contest)\b|\b(Cut|Contest)\b/, 'kernel variant, autotune'],
  [/\bresting\b|Resting/, 'inference mode'],
  [/\b(errands?|wish|wishes|gauges?|ledgers?)\b|[a-z]Wish\b/i, 'task, request, history'],
  [/\b[hH]ear[sd]?\b|\bhear[A-Z]/, 'on, called with'],
  [/\bpersons?\b/i, 'user'],
  [/[a-z]Reading|Reading[A-Z]|\/reading['/]|\breadings\b/, 'interpretation, read-back'],
  [/pretender|foresight|foresee/i, 'software adapter, memory check'],
];

/** Names in stored databases, which a rename would have to migrate, and one word in its plain sense. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'src/database/history.ts': /'spread'/,
  'src/database/history.test.ts': /'spread'/,
  'src/evaluate/split/keep_together.ts': /same person/,
};
const STORES = /'judgements'|^ {2}judgements:|labels and judgements/;

test.each(FOLDERS)('%s has no retired word', (folder) => {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) =>
      [path, ...readFileSync(path, 'utf8').split('\n')].flatMap((line) => {
        const retired = RETIRED.find(([word]) => word.test(line));
        if (!retired || STORES.test(line) || ALLOWED[path]?.test(line)) return [];
        return [`${path}: say ${retired[1]}: ${line.trim()}`];
      }),
    );
  expect(found).toEqual([]);
});
