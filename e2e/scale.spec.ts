import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { findPytorch } from '../bin/bench/pytorch';
import { folderOfPictures } from '../bin/pictures';
import { readSafetensors } from '../src/core/formats/safetensors';
import { expect, finished, giveFolder, show, test, train, visit } from './app';

test('a run is saved with all that PyTorch needs to go on with it, and comes back as a model', async ({
  page,
}, info) => {
  const folder = folderOfPictures(32);
  try {
    await visit(page);
    await giveFolder(page, folder.path);
    await train(page, { start: null, batch: 8, queue: 16, steps: 3 });
    const { id } = await finished(page);
    await show(page, 'Models');
    const models = page.getByRole('region', { name: 'Models' });
    const row = models.getByRole('listitem', { name: 'MoCo v2', exact: true });
    await row.getByLabel('More of MoCo v2').click();
    const saved = page.waitForEvent('download');
    await row.getByRole('button', { name: 'Continue in PyTorch' }).click();
    const files = unzipSync(readFileSync(await (await saved).path()));
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['README.md', 'recipe.json', 'model.safetensors', 'train.py']),
    );

    // Without PyTorch the weights come back as they are.
    const out = info.outputPath('run');
    mkdirSync(out);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(out, name), bytes);
    const pytorch = findPytorch();
    if (pytorch) {
      const args = ['train.py', 'recipe.json', '--images', folder.path, '--out', 'back', '--steps', '0'];
      const { status, stderr } = spawnSync(pytorch.python, args, { cwd: out, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      const tensors = (path: string) => readSafetensors(Uint8Array.from(readFileSync(join(out, path))).buffer).tensors;
      const given = tensors('model.safetensors');
      expect([...tensors('back/model.safetensors')].sort()).toEqual([...given].sort());
    } else
      test
        .info()
        .annotations.push({ type: 'skipped', description: 'No Python here has PyTorch: train.py did not run.' });
    const back = join(out, pytorch ? 'back/model.safetensors' : 'model.safetensors');
    await models.getByLabel('Weights of another encoder').setInputFiles(back);
    const mine = models.getByRole('listitem', { name: 'model.safetensors' });
    await mine.getByRole('button', { name: 'Embed' }).click();
    await expect(mine.getByRole('button', { name: 'Use model.safetensors' })).toBeEnabled({ timeout: 60_000 });

    // It finds what the run finds, since it sees pictures at the side that the run saw.
    const nearest = (encoder: string) =>
      page.evaluate(async (of) => {
        const found = await lookalike.actions.neighboursIn(of, 0, 8);
        return found?.neighbours.map(({ row, similarity }) => `${row} ${similarity.toFixed(3)}`);
      }, encoder);
    expect(await nearest('pretrained model.safetensors')).toEqual(await nearest(id));
  } finally {
    folder.remove();
  }
});
