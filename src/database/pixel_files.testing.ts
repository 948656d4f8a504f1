import { openDatabase } from './connection';
import { imagesFrom, someDataset, squaresFrom } from './fixtures.testing';
import { putBatch } from './images';

// A worker that takes in `count` rows from row `first` on, for pixel_files.browser.test.ts: files are written in workers.

interface Asked {
  database: string;
  first: number;
  count: number;
}

/** Answers with null, or with what kept the rows from being taken in. */
globalThis.onmessage = async ({ data: { database, first, count } }: MessageEvent<Asked>) => {
  const db = await openDatabase(database);
  const failure = await putBatch(
    db,
    someDataset({ count: first + count }),
    imagesFrom(first, count),
    squaresFrom(first, count),
    [],
  ).then(
    () => null,
    (cause: Error) => cause.message,
  );
  db.close();
  postMessage(failure);
};
