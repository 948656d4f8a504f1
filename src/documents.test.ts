import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// Documents send readers to files: every path they name is there.

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

test.each(DOCUMENTS)('%s names files that are there', (document) => {
  const text = readFileSync(document, 'utf8');
  const named = [
    ...text.matchAll(/`((?:src|workers|bin|bench|e2e|docs)\/[\w./-]*\w)`|\]\(([\w./-]+\.\w+)(?:#[\w-]*)?\)/g),
  ];
  const base = document.startsWith('docs/') ? 'docs/' : '';
  const missing = named.map(([, code, link]) => code ?? base + link).filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});
