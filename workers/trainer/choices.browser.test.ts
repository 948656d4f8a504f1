import { afterEach, expect, it } from 'vitest';
import { freshDatabase, removeDatabases } from '../../src/database/fixtures.testing';
import { openChoices } from './choices';

afterEach(removeDatabases);

it('takes the cut that another tab has kept first, and loses none of either', async () => {
  const db = await freshDatabase();
  const [one, other] = [await openChoices(db, 'card'), await openChoices(db, 'card')];
  await one.set('a', 'fewer');
  await other.set('a', 'usual');
  expect(other.get('a')).toBe('fewer');
  await other.set('b', 'fewer');
  const next = await openChoices(db, 'card');
  expect(['a', 'b'].map((key) => next.get(key))).toEqual(['fewer', 'fewer']);
});

it('keeps a cut for itself where the database refuses', async () => {
  const db = await freshDatabase();
  const choices = await openChoices(db, 'card');
  db.close();
  await choices.set('a', 'fewer');
  expect(choices.get('a')).toBe('fewer');
});

it('forgets all, also for tabs to come', async () => {
  const db = await freshDatabase();
  const choices = await openChoices(db, 'card');
  await choices.set('a', 'fewer');
  await choices.clear();
  expect(choices.get('a')).toBeUndefined();
  expect((await openChoices(db, 'card')).get('a')).toBeUndefined();
});
