import { deleteDB } from 'idb';
import { afterEach } from 'vitest';
import type { Dataset } from '../../src/core/records';
import { type Database, openDatabase } from '../../src/database/connection';
import type { FromImporter, NamedFile, ToImporter } from '../../src/protocol/importing';
import { serveImports } from './imports';
import { serveDecoding } from './serve';

// The importer's and decoders' code as their entries run it, on this thread, with a real database.

let names = 0;
/** A database's name of its own. */
export const freshName = (): string => `imports ${names++}`;
const opened: Database[] = [];

afterEach(async () => {
  for (const db of opened.splice(0)) {
    db.close();
    await deleteDB(db.name);
  }
});

export interface Importer {
  db: Database;
  say(message: ToImporter): void;
  received: FromImporter[];
  /** The next message of this type that fits. */
  next<T extends FromImporter['type']>(
    type: T,
    fits?: (message: Extract<FromImporter, { type: T }>) => boolean,
  ): Promise<Extract<FromImporter, { type: T }>>;
}

export async function importer(decoders = 2, database = freshName()): Promise<Importer> {
  const db = await openDatabase(database);
  opened.push(db);
  const received: FromImporter[] = [];
  const listeners = new Set<(message: FromImporter) => void>();
  const say = serveImports((message) => {
    received.push(message);
    for (const listener of listeners) listener(message);
  }, database);
  const ports = Array.from({ length: decoders }, () => {
    const { port1, port2 } = new MessageChannel();
    serveDecoding(port1);
    return port2;
  });
  say({ type: 'decoders', ports });
  const next: Importer['next'] = (type, fits = () => true) =>
    new Promise((resolve) => {
      const listener = (message: FromImporter): void => {
        const typed = message as Extract<FromImporter, { type: typeof type }>;
        if (message.type !== type || !fits(typed)) return;
        listeners.delete(listener);
        resolve(typed);
      };
      listeners.add(listener);
    });
  return { db, say, received, next };
}

/** A picture of one colour with its number in it, so that all files differ. */
export async function picture(number: number, side = 48): Promise<File> {
  const context = new OffscreenCanvas(side, side).getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = `hsl(${(number * 47) % 360} 80% 50%)`;
  context.fillRect(0, 0, side, side);
  context.fillStyle = '#000';
  context.fillText(String(number), 4, 20);
  const blob = await context.canvas.convertToBlob({ type: 'image/png' });
  return new File([blob], `${number}.png`);
}

export const pictures = (count: number): Promise<NamedFile[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => ({
      path: `${i % 2 ? 'odd' : 'even'}/${i}.png`,
      file: await picture(i),
    })),
  );

export async function imported({ say, next }: Importer, files: NamedFile[], into?: string): Promise<Dataset> {
  say({ type: 'open', name: 'Set', into });
  const ended = next('dataset', (message) => message.ended);
  say({ type: 'files', files });
  say({ type: 'end' });
  return (await ended).dataset;
}
