import { expect, test } from 'vitest';
import { createLookalikeStore, patch } from '../store/store';
import { tasksOf } from './tasks';

test('tasks say what goes on, the asked first, and each what ends it', () => {
  const store = createLookalikeStore();
  const said = () => tasksOf(store.getState(), 0).map(({ words, share, cancel }) => [words, share, cancel?.action]);
  patch(store, 'training', { phase: 'idle', message: 'Finished after 30 steps' });
  expect(said()).toEqual([]);
  store.setState({ background: { dataset: 'a', kind: 'embed', message: 'Embedding 8 of 40 pictures', progress: 0.2 } });
  patch(store, 'tests', { testing: { message: 'Testing', progress: 0.5 } });
  const importing = { dataset: 'a', found: 40, walked: true, taken: 8, duplicates: 1, refused: 1, rate: 3 };
  patch(store, 'library', { importing });
  expect(said()).toEqual([
    ['Importing 10 of 40 pictures', 0.25, 'cancelImport'],
    ['Testing', 0.5, 'cancelTests'],
    ['Embedding 8 of 40 pictures', 0.2, 'stopEmbedding'],
  ]);
  patch(store, 'library', { importing: { ...importing, walked: false } });
  expect(said()[0]).toEqual(['Importing 10 of 40 pictures found so far', null, 'cancelImport']);
});
