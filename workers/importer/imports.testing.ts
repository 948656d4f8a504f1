import { deleteDB } from 'idb';
import { afterEach } from 'vitest';
import type { Dataset } from '../../src/core/records';
import { type Database, openDatabase } from '../../src/database/connection';
import { Thread } from '../../src/protocol/call';
import { channel } from '../../src/protocol/channel';
import type { Imported, ImporterCalls, ImporterCommand, ImportNews, NamedFile } from '../../src/protocol/importing';
import type { Decoder } from './decoders';
import { serveImports } from './imports';
import { DecoderPool } from './pool';
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

export interface Importer extends Thread<ImporterCalls, ImporterCommand> {
  db: Database;
  /** Begins an import, whose files are still to be sent. */
  begin(name: string, into?: string, side?: number): Promise<Imported>;
  /** What was told of imports. */
  news: ImportNews[];
  /** What the import tells next that fits. */
  told<N extends ImportNews>(fits: (news: ImportNews) => news is N): Promise<N>;
}

export async function importer(decoders = 2, database = freshName()): Promise<Importer> {
  const db = await openDatabase(database);
  opened.push(db);
  const { port1, port2 } = new MessageChannel();
  const start = (): Decoder => {
    const { port1, port2 } = new MessageChannel();
    serveDecoding(channel(port1));
    return { thread: new Thread(channel(port2)), end: () => port2.close() };
  };
  serveImports(channel(port1), new DecoderPool(start, decoders), database);
  const thread = new Thread<ImporterCalls, ImporterCommand>(channel(port2));
  const news: ImportNews[] = [];
  const waiting = new Set<(said: ImportNews) => void>();
  const onProgress = (said: ImportNews): void => {
    news.push(said);
    for (const look of waiting) look(said);
  };
  return Object.assign(thread, {
    db,
    news,
    begin: (name: string, into?: string, side?: number) =>
      thread.call({ type: 'import', name, into, side }, { onProgress }),
    told: <N extends ImportNews>(fits: (said: ImportNews) => said is N) =>
      new Promise<N>((resolve) => {
        const look = (said: ImportNews): void => {
          if (!fits(said)) return;
          waiting.delete(look);
          resolve(said);
        };
        waiting.add(look);
      }),
  });
}

export const isOpened = (news: ImportNews): news is Extract<ImportNews, { opened: Dataset }> => 'opened' in news;

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

export async function imported(ours: Importer, files: NamedFile[], into?: string): Promise<Dataset> {
  const ended = ours.begin('Set', into);
  ours.send({ type: 'files', files });
  ours.send({ type: 'end' });
  return (await ended).dataset;
}
