import { afterEach, expect, it } from 'vitest';
import { freshDatabase, removeDatabases } from '../../src/database/fixtures.testing';
import { openChoices } from './choices';

afterEach(removeDatabases);

it('takes the cut that another tab has kept first, and loses none of either', async () => {
  const db = await freshDatabase();
  const [one, other] = [await openChoices(db, 'card'), await openChoices(db, 'card')];
  await one.set('a', 'tiled');
  await other.set('a', 'direct');
  expect(other.get('a')).toBe('tiled');
  await other.set('b', 'fewer');
  const next = await openChoices(db, 'card');
  expect(['a', 'b'].map((key) => next.get(key))).toEqual(['tiled', 'fewer']);
});

it('keeps a cut for itself where the database refuses', async () => {
  const db = await freshDatabase();
  const choices = await openChoices(db, 'card');
  db.close();
  await choices.set('a', 'tiled');
  expect(choices.get('a')).toBe('tiled');
});

it('forgets all, also for tabs to come', async () => {
  const db = await freshDatabase();
  const choices = await openChoices(db, 'card');
  await choices.set('a', 'tiled');
  await choices.clear();
  expect(choices.get('a')).toBeUndefined();
  expect((await openChoices(db, 'card')).get('a')).toBeUndefined();
});
