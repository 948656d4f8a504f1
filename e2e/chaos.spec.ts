import { folderOfPictures } from '../bin/pictures';
import { Draws } from '../src/core/random';
import { expect, test } from './app';
import { INJECTIONS, World } from './chaos/injections';

test('whenever the browser is killed, nothing is lost and nothing is doubled @chaos', async ({ app, complaints }) => {
  const end = Date.now() + 60_000 * Number(process.env.CHAOS_MINUTES);
  const draws = new Draws({ seed: Number(process.env.CHAOS_SEED), purpose: 'sample' });
  const [many, few] = [folderOfPictures(400), folderOfPictures(64)];
  const world = new World(app.url, draws, many.path, few.path);
  const table = INJECTIONS.map(({ name }) => ({ name, injections: 0, held: 0, lost: 0 }));
  try {
    for (let turn = 0; Date.now() < end; turn++) {
      const row = table[turn % table.length];
      row.injections++;
      const lost = await INJECTIONS[turn % table.length].inject(world);
      if (lost === null) row.held++;
      else {
        row.lost++;
        process.stdout.write(`injection ${turn}, ${row.name}: ${lost}\n`);
      }
    }
  } finally {
    const lines = table.map(({ name, injections, held, lost }) => `| ${name} | ${injections} | ${held} | ${lost} |`);
    process.stdout.write(`| fault | injections | held | lost |\n|---|---|---|---|\n${lines.join('\n')}\n`);
    world.remove();
    many.remove();
    few.remove();
  }
  expect(table.map(({ lost }) => lost)).toEqual(table.map(() => 0));
  expect(complaints).toEqual([]);
});
