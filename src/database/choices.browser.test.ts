import { afterEach, expect, it } from 'vitest';
import { loadChoices, saveChoices } from './choices';
import { openDatabase } from './connection';
import { freshDatabase, removeDatabases } from './fixtures.testing';

afterEach(removeDatabases);

it('keeps what was measured on each adapter apart, also after the database is opened again', async () => {
  const db = await freshDatabase();
  expect(await loadChoices(db, 'apple metal-3')).toEqual(new Map());
  const chosen = new Map([['conv2d 8 x 4 x 4 x 4', 'tiled']]);
  await saveChoices(db, 'apple metal-3', chosen);
  await saveChoices(db, 'another', new Map([['conv2d 8 x 4 x 4 x 4', 'direct']]));
  const again = await openDatabase(db.name);
  expect(await loadChoices(again, 'apple metal-3')).toEqual(chosen);
  again.close();
});

it('adds to what another tab has kept since, whose word on the same stands', async () => {
  const db = await freshDatabase();
  await saveChoices(db, 'apple metal-3', new Map([['first', 'tiled']]));
  const kept = await saveChoices(
    db,
    'apple metal-3',
    new Map([
      ['first', 'direct'],
      ['second', 'fewer'],
    ]),
  );
  expect(kept).toEqual(
    new Map([
      ['first', 'tiled'],
      ['second', 'fewer'],
    ]),
  );
  expect(await loadChoices(db, 'apple metal-3')).toEqual(kept);
});
