import type { Page } from '@playwright/test';
import { folderOfPictures, picture } from '../bin/pictures';
import { currentDataset, embedded, expect, giveFolder, show, test, tilesOf, visit } from './app';
import { expectNoBarriers } from './barriers';

let pictures: ReturnType<typeof folderOfPictures>;

test.beforeEach(async ({ page }) => {
  pictures = folderOfPictures(48, { classes: 3 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await visit(page);
  await giveFolder(page, pictures.path);
  await expect(page.getByRole('toolbar', { name: 'Filter by label' })).toBeVisible();
});
test.afterEach(() => pictures.remove());

const rows = (page: Page) => page.evaluate(() => lookalike.store.getState().browse.rows);
const selected = (page: Page) => page.evaluate(() => lookalike.store.getState().labels.picking);
const opened = (page: Page) => page.evaluate(() => lookalike.store.getState().similar.row);
const focused = (page: Page) =>
  page.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset.tile ?? Number.NaN));

test('pictures are found, opened, selected and left with the keyboard alone', async ({ page }) => {
  const similar = page.getByRole('region', { name: 'Similar pictures' });
  // The first Tab stop leads past everything, to a picture.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe(0);

  await page.keyboard.press('/');
  await page.keyboard.type('1/');
  await expect(page.getByText('16 found')).toBeVisible();
  await expect(tilesOf(page, 'Pictures')).toHaveCount(16);
  const found = (await rows(page)) ?? [];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(similar).toBeVisible();
  expect(await opened(page)).toBe(found[0]);
  await expectNoBarriers(page);

  // The grid keeps its keys beside the drawer; Space selects, with Shift as far as what is shown goes.
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toBe(1);
  // What selecting opens moves no picture under the pointer.
  const before = await tilesOf(page, 'Pictures').first().boundingBox();
  await page.keyboard.press('Space');
  await expect(page.getByText('1 selected')).toBeVisible();
  expect(await tilesOf(page, 'Pictures').first().boundingBox()).toEqual(before);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Space');
  expect([...((await selected(page)) ?? [])].sort()).toEqual([...found.slice(1, 4)].sort());
  await expect(page.getByRole('button', { name: 'Label 3 pictures' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await expectNoBarriers(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await selected(page)).toHaveLength(3);
  await page.keyboard.press('Escape');
  expect(await selected(page)).toBe(null);
  await page.keyboard.press('Escape');
  await expect(similar).toHaveCount(0);
  expect(await focused(page)).toBe(3);

  // Back closes what was opened, and Escape in the field shows all again.
  await page.keyboard.press('Enter');
  await expect(similar).toBeVisible();
  await page.goBack();
  await expect(similar).toHaveCount(0);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  expect(await rows(page)).toBe(null);
});

test('a picture from outside, a part of it, and examples for and against are queries that Back leads through', async ({
  page,
}) => {
  await embedded(page);
  const other = { name: 'other.png', mimeType: 'image/png', buffer: picture(999, 1) };
  await page.getByTestId('query-input').setInputFiles(other);
  const similar = page.getByRole('region', { name: 'Similar pictures' });
  await expect(similar.getByText('Not in this collection.')).toBeVisible();
  await expect(tilesOf(page, 'Similar pictures')).toHaveCount(24);
  expect(await page.evaluate(() => lookalike.store.getState().library.datasets[0].count)).toBe(48);

  const box = (await similar.locator('.region-picture').boundingBox())!;
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.up();
  await expect(similar.getByText(/^Part of /)).toBeVisible();
  await expect(similar.getByRole('listbox')).toHaveAttribute('aria-busy', 'false');

  await tilesOf(page, 'Similar pictures').first().focus();
  await page.keyboard.press('-');
  const examples = similar.getByRole('list', { name: 'Examples' });
  await expect(examples.getByRole('button', { name: /^Less like / })).toHaveCount(1);
  await examples.getByRole('button', { name: /^Less like / }).click();
  await expect(examples.getByRole('button', { name: /^More like / })).toHaveCount(2);
  await expectNoBarriers(page);
  for (let step = 0; step < 3; step++) await page.goBack();
  await expect(similar.getByText('Not in this collection.')).toBeVisible();
  await page.goForward();
  await expect(similar.getByText(/^Part of /)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the map and what may be wrong select pictures as the grid does', async ({ page }) => {
  await embedded(page);
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  const map = page.getByRole('img', { name: 'Map of 48 pictures' });
  await expect(map).toBeVisible();
  await expectNoBarriers(page);
  await page.getByRole('combobox', { name: 'Colour' }).selectOption('Clusters');
  await expect(page.getByRole('list', { name: 'Colours' }).getByRole('listitem').first()).toHaveText(/^1 · class/);
  await page.getByRole('button', { name: 'Lasso' }).click();
  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 80, box.y + 2);
  await page.mouse.move(box.x + box.width - 80, box.y + box.height - 2);
  await page.mouse.move(box.x + 2, box.y + box.height - 2);
  await page.mouse.up();
  await expect(page.getByText(/^\d+ selected$/)).toBeVisible();
  expect((await selected(page))?.length).toBeGreaterThan(24);

  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Tidy up', exact: true }).click();
  await page.getByRole('slider', { name: /^Similarity at least/ }).fill('0.3');
  await page.getByRole('button', { name: /^Keep the best, set \d+ aside$/ }).click();
  await expect(page.getByText(/^\d+ pictures set aside$/)).toBeVisible();
  const aside = (await currentDataset(page)).setAside ?? [];
  expect(aside.length).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Grid', exact: true }).click();
  expect(await rows(page)).toHaveLength(48 - aside.length);
  await page.getByRole('button', { name: /^Set aside \d+$/ }).click();
  expect(await rows(page)).toEqual(aside);
  await expectNoBarriers(page);
  await page.keyboard.press('Control+z');
  await expect.poll(() => rows(page)).toBe(null);
  await page.getByRole('button', { name: 'Tidy up', exact: true }).click();
  await page.getByRole('button', { name: 'Diverse sample' }).click();
  await page.getByRole('button', { name: 'Select 24' }).click();
  expect(await selected(page)).toHaveLength(24);
  await expectNoBarriers(page);

  // Two of each kind are labelled; the others are suggested, and stored as they are accepted.
  await page.getByRole('button', { name: 'Done' }).click();
  await page.evaluate(async () => {
    const { store, actions } = lookalike;
    const folders = store.getState().browse.names.map(({ label }) => label ?? '');
    for (const name of new Set(folders)) {
      const rows = [...folders.keys()].filter((row) => folders[row] === name);
      await actions.giveLabel('my labels', name, rows.slice(0, 2));
    }
  });
  const labelled = () =>
    page.evaluate(() => lookalike.store.getState().labels.columns[0].values.filter((value) => value !== null).length);
  expect(await labelled()).toBe(6);
  await page.getByRole('button', { name: 'have the rest suggested' }).click();
  await page.getByRole('slider', { name: 'Confidence' }).fill('0.3');
  const accept = page.getByRole('button', { name: /^Accept \d+$/ });
  await expect(accept).toBeEnabled();
  await expectNoBarriers(page);
  await page.getByRole('listbox', { name: 'Suggested labels' }).getByRole('option').first().focus();
  await page.keyboard.press('+');
  await expect.poll(labelled).toBe(7);
  await accept.click();
  await expect.poll(labelled).toBeGreaterThan(7);
  await page.keyboard.press('Control+z');
  await expect.poll(labelled).toBe(7);

  // A picture with the label of another kind is found, and gets that of its neighbours; what folders say is corrected in a column of its own.
  const wrong = await page.evaluate(async () => {
    const { store, actions } = lookalike;
    const folders = store.getState().browse.names.map(({ label }) => label ?? '');
    const labels = folders.map((name, row) => (row === 0 ? (folders.find((one) => one !== name) ?? '') : name));
    await actions.giveLabels('my labels', [...labels.keys()], labels);
    return { given: labels[0], folder: folders[0] };
  });
  const label = () => page.evaluate(() => lookalike.store.getState().labels.columns[0].values[0]);
  expect(await label()).toBe(wrong.given);
  await page.getByRole('button', { name: 'Mislabelled?' }).click();
  await page.getByRole('combobox', { name: 'Labels' }).selectOption('my labels');
  const offered = page.getByRole('listbox', { name: 'Pictures that may be mislabelled' });
  await expect(offered.getByRole('option')).toHaveCount(1);
  await offered.getByRole('option').focus();
  await page.keyboard.press('+');
  await expect.poll(label).toBe(wrong.folder);
  await page.keyboard.press('Control+z');
  await expect.poll(label).toBe(wrong.given);
  await page.getByRole('button', { name: 'Accept 1' }).click();
  await expect.poll(label).toBe(wrong.folder);
  await expectNoBarriers(page);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(labelled).toBe(7);

  // A group that is named has its name for a label. What is listed is what "Select all" takes.
  await page.getByRole('button', { name: 'Unusual' }).click();
  await page.getByRole('slider', { name: 'How many' }).fill('5');
  await page.getByRole('button', { name: 'Select 5' }).click();
  await page.getByRole('listbox', { name: 'Unusual pictures' }).getByRole('option').first().click();
  await page.getByRole('button', { name: 'Select all' }).click();
  expect(await selected(page)).toHaveLength(5);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Clusters' }).click();
  await page.getByRole('slider', { name: 'How many' }).fill('4');
  await expect(page.getByText(/^4 groups of similar pictures/)).toBeVisible();
  await expectNoBarriers(page);
  const group = page.locator('.clusters > li').first();
  await group.getByRole('button', { name: 'Select' }).click();
  const rowsOfGroup = (await selected(page)) ?? [];
  await page.getByRole('button', { name: 'Done' }).click();
  await group.getByRole('textbox', { name: /^Name in/ }).fill('first group');
  await page.keyboard.press('Enter');
  const named = () =>
    page.evaluate(() =>
      [...lookalike.store.getState().labels.columns[0].values.entries()].flatMap(([row, value]) =>
        value === 'first group' ? [row] : [],
      ),
    );
  await expect.poll(named).toEqual([...rowsOfGroup].sort((a, b) => a - b));
});

test('labels filter, and their screen leads to the pictures of each', async ({ page }) => {
  await page.getByRole('button', { name: /^class 0/ }).click();
  await page.getByRole('button', { name: /^class 2/ }).click();
  await expect(page.getByText('32 of 48 pictures')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  const sort = page.getByRole('combobox', { name: 'Sort' });
  await sort.selectOption('changed');
  await sort.selectOption('bytes');
  const sizes = () =>
    page.evaluate(() => {
      const { rows, names } = lookalike.store.getState().browse;
      return rows?.map((row) => names[row].fileBytes) ?? [];
    });
  expect(await sizes()).toEqual((await sizes()).toSorted((a, b) => b - a));
  await sort.selectOption('name');
  expect((await rows(page))?.length).toBe(48);
  await show(page, 'Labels');
  await expectNoBarriers(page);
  await page.getByRole('button', { name: /^class 1/ }).click();
  await expect(tilesOf(page, 'Pictures')).toHaveCount(16);
  await expect(page.getByRole('button', { name: /^class 1/ })).toHaveAttribute('aria-pressed', 'true');
});

test('on a phone a picture opens over the others, which keep their place', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const scroller = page.locator('.grid-scroller');
  await scroller.evaluate((element) => element.scrollTo({ top: 600 }));
  await page.getByRole('button', { name: 'Search pictures' }).click();
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  const tile = tilesOf(page, 'Pictures').filter({ visible: true }).nth(8);
  // A click would scroll a tile that is drawn beyond the edge into sight first.
  await tile.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const place = await scroller.evaluate((element) => element.scrollTop);
  await tile.click();
  const similar = page.getByRole('region', { name: 'Similar pictures' });
  await expect(similar).toBeVisible();
  expect((await similar.boundingBox())?.width).toBeGreaterThan(370);
  await expectNoBarriers(page);
  await page.goBack();
  await expect(similar).toHaveCount(0);
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(place);
});
