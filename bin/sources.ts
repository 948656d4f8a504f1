import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';

// The program's own files as syntax trees, for the test that holds them to the architecture.

export type Node = Record<string, unknown> & { type: string };

export interface Import {
  from: string;
  /** What is imported by name, types left out. */
  values: string[];
}

export interface Source {
  /** From the repository's root, with forward slashes. */
  path: string;
  /** src/learn/queue.ts -> learn, src/features/labels/LabelBar.tsx -> features/labels, workers/trainer/jobs.ts -> workers. */
  folder: string;
  isTest: boolean;
  lines: number;
  nodes: Node[];
  imports: Import[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const slashes = (path: string): string => path.split(sep).join('/');

/** Every TypeScript file below a folder of the repository. */
export function sourcesUnder(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => read(slashes(relative(root, join(entry.parentPath, entry.name)))));
}

/** Folder of an imported file of ours, or null for a package. */
export function folderImported({ path }: Source, from: string): string | null {
  return from.startsWith('.') ? folderOf(slashes(normalize(join(dirname(path), from)))) : null;
}

/** The name a call or `new` goes by: `fetch` -> fetch, `a.b.c` -> c. */
export function nameOf(node: unknown): string {
  const { type, name, property } = (node ?? {}) as { type?: string; name?: string; property?: { name?: string } };
  return (type === 'MemberExpression' ? property?.name : name) ?? '';
}

/** `path: what` for each node for which `find` says what is wrong. */
export function findings(sources: Source[], find: (node: Node) => string | false): string[] {
  return sources.flatMap(({ path, nodes }) =>
    nodes.flatMap((node) => {
      const found = find(node);
      return found ? [`${path}: ${found}`] : [];
    }),
  );
}

function folderOf(path: string): string {
  const [top, second, third] = path.replace(/(\.test)?\.tsx?$/, '').split('/');
  if (top !== 'src') return top;
  return second === 'features' ? `${second}/${third}` : second;
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const nodes = [...walk(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path))];
  return {
    path,
    folder: folderOf(path),
    isTest: /\.test(ing)?\.tsx?$/.test(path),
    lines: text.split('\n').length - 1,
    nodes,
    imports: nodes.map(importOf).filter((found) => found !== null),
  };
}

function* walk(node: unknown): Generator<Node> {
  if (node === null || typeof node !== 'object') return;
  if (!Array.isArray(node) && 'type' in node) yield node as Node;
  for (const child of Object.values(node)) yield* walk(child);
}

interface Specifier {
  imported?: { name: string };
  importKind?: string;
}

/** Of an import, a re-export, `import()` or an import type; null for any other node. */
function importOf({ source, specifiers, importKind }: Node): Import | null {
  const from = (source as { value?: unknown } | null | undefined)?.value;
  if (typeof from !== 'string') return null;
  const named = importKind === 'type' ? [] : ((specifiers ?? []) as Specifier[]);
  return { from, values: named.flatMap((one) => (one.importKind === 'type' ? [] : (one.imported?.name ?? []))) };
}
