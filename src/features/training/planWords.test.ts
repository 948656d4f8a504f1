import { expect, test } from 'vitest';
import { chooseDefaults } from '../../core/defaults';
import { planWords } from './planWords';

const facts = { count: 220, medianSide: 160, storedSide: 160, imagesPerSecond: 400 };
const config = chooseDefaults(facts);

test('what will happen is one sentence of what the settings say', () => {
  expect(planWords(config, 220)).toBe(
    'Start from InceptionV3 and adapt its last layers to your 220 pictures, so that search may find better look-alikes.',
  );
  expect(planWords({ ...config, frozen: 0 }, 1)).toContain('adapt all its layers to your 1 picture,');
  const random = chooseDefaults(facts, 'moco-v2', 0, null);
  expect(planWords(random, 1842)).toBe(
    'Train a new ResNet-8 from scratch on your 1,842 pictures, so that search finds what they have in common.',
  );
  expect(planWords({ ...random, start: { name: 'mine.safetensors', sha256: '' } }, 9)).toContain(
    'Start from “mine.safetensors” and adapt all its layers',
  );
  expect(planWords(chooseDefaults(facts, 'ae'), 220)).toMatch(/^Train an autoencoder on your 220 pictures: /);
});
