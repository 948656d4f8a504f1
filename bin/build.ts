import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { Complaint } from './complaint';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const dist = join(root, 'dist');

/** What the built app is made from. */
const SOURCES = ['index.html', 'package-lock.json', 'vite.config.ts', 'bin/vite', 'public', 'src', 'workers'];
const isTest = (path: string): boolean => /\.test(ing)?\.tsx?$/.test(path);

/** Milliseconds since 1970 of the newest change in a file or folder, tests left out; 0 when it is not there. */
function newestChange(path: string): number {
  if (!existsSync(path) || isTest(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** What a build writes last, so that one that was cut off counts for none. */
const LAST = 'service_worker.js';

/** True when the app was never built to the end, or something it is made from has changed since. */
function isStale(): boolean {
  const built = newestChange(join(dist, LAST));
  return built === 0 || SOURCES.some((source) => newestChange(join(root, source)) > built);
}

/** Builds the app into dist/ if that is missing or older than the sources. */
export async function buildIfStale(): Promise<void> {
  if (!isStale()) return;
  process.stderr.write('Building the app ...\n');
  try {
    await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  } catch (cause) {
    throw new Complaint(`The app could not be built: ${cause instanceof Error ? cause.message : cause}`);
  }
}
