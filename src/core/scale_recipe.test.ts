import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chooseDefaults } from './defaults';
import { PRESETS } from './presets';
import { scaleRecipe } from './scale_recipe';

const FACTS = { count: 1000, medianSide: 300, storedSide: 160, imagesPerSecond: 5000 };
const START = { weights: 'model.safetensors', name: 'MoCo v2', step: 300 };

/** The settings that train.py reads, as its own list names them. */
const [, listed] = /^FIELDS = \{(.*?)^\}/ms.exec(readFileSync('scale/recipe.py', 'utf8')) as RegExpExecArray;
const FIELDS = [...listed.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort();

test('a recipe has the settings that train.py reads, all of them and no other', () => {
  for (const start of [undefined, null]) {
    const config = chooseDefaults(FACTS, 'moco-v2', 7, start);
    const recipe = scaleRecipe(config, START);
    expect(Object.keys(recipe ?? {}).sort()).toEqual(FIELDS);
    expect(recipe).toMatchObject({ method: 'moco', seed: 7, steps: config.steps, augmentation: config.augmentation });
  }
});

test('what train.py does not do is said, and nothing where it does all', () => {
  const adapting = chooseDefaults(FACTS);
  expect(scaleRecipe(adapting, START)?.leftOut).toHaveLength(2);
  expect(scaleRecipe(chooseDefaults(FACTS, 'simclr', 0, null), START)?.leftOut).toEqual([]);
});

test('contrastive methods have a recipe, and the others none', () => {
  const having = Object.keys(PRESETS).filter(
    (preset) => scaleRecipe(chooseDefaults(FACTS, preset as keyof typeof PRESETS), START) !== null,
  );
  expect(having).toEqual(['moco-v1', 'moco-v2', 'simclr']);
});

test('a run without an end makes as many steps again as it has', () => {
  const config = chooseDefaults(FACTS);
  expect(scaleRecipe({ ...config, steps: null }, START)?.steps).toBe(300);
});
