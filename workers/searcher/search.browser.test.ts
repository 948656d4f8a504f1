import { describe, expect, it } from 'vitest';
import { likeRow } from '../../src/core/query';
import { SEARCH_VIEW } from '../../src/core/search_view';
import { embeddingsVersion, loadEmbeddings, saveEmbeddings } from '../../src/database/embeddings';
import { freshDatabase, removeDatabases } from '../../src/database/fixtures.testing';
import { EmbeddingSearch } from './search';

describe('the version of stored embeddings', () => {
  it('changes with their step and with their values, and answers follow', async () => {
    const db = await freshDatabase('d');
    const search = new EmbeddingSearch({
      version: (dataset, run) => embeddingsVersion(db, dataset, run),
      load: (dataset, run) => loadEmbeddings(db, dataset, run),
      setAside: async () => [],
    });
    const save = (run: string, step: number, ...values: number[]) =>
      saveEmbeddings(db, { dataset: 'd', run, step, count: 3, dim: 2, about: run, values: Float32Array.from(values) });
    const first = async (encoder: string) =>
      (await search.nearest({ dataset: 'd', encoder, query: likeRow(0), count: 1, view: SEARCH_VIEW }))?.neighbours[0]
        .row ?? null;

    expect(await embeddingsVersion(db, 'd', 'untrained')).toBe(null);
    expect(await first('untrained')).toBe(null);
    await save('untrained', 0, 1, 0, 1, 1, 0, 1);
    const untrained = await embeddingsVersion(db, 'd', 'untrained');
    expect(await first('untrained')).toBe(1);
    await save('untrained', 0, 1, 0, 0, 1, 1, 1);
    expect(await embeddingsVersion(db, 'd', 'untrained')).not.toBe(untrained);
    expect(await first('untrained')).toBe(2);

    await save('r', 5, 1, 0, 1, 1, 0, 1);
    await save('r', 9, 1, 0, 0, 1, 1, 1);
    await save('r', 5, 1, 0, 1, 1, 0, 1); // of an earlier step: gives way
    expect(await embeddingsVersion(db, 'd', 'r')).toMatch(/^step 9,/);
    expect(await first('r')).toBe(2);
    await removeDatabases();
  });
});
