import type { Preset, Recipe, RecipeName, RunConfig } from './config';

// Published values and the recipes for kinds of pictures. Numbers stand here once and nowhere else.

const NATURAL: Recipe = {
  crop: [0.2, 1],
  flip: 0.5,
  verticalFlip: 0,
  quarterTurns: false,
  jitter: { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1, probability: 0.8 },
  grey: 0.2,
  greyFirst: false,
  // Blur removes what little a small view has; views of 64 px and more get SimCLR's, see `recipeFor`.
  blur: { probability: 0, sigma: [0.1, 2] },
  noise: 0,
};

const RECIPES: Record<RecipeName, Recipe> = {
  natural: NATURAL,
  product: {
    ...NATURAL,
    jitter: { brightness: 0.2, contrast: 0.2, saturation: 0.1, hue: 0.02, probability: 0.8 },
    grey: 0,
  },
  overhead: { ...NATURAL, verticalFlip: 0.5, quarterTurns: true },
  grey: {
    ...NATURAL,
    jitter: { brightness: 0.4, contrast: 0.4, saturation: 0, hue: 0, probability: 0.8 },
    grey: 0,
    noise: 0.03,
  },
};

export const RECIPE_WORDS: Record<RecipeName, { title: string; about: string }> = {
  natural: { title: 'Natural', about: 'Photos of anything: colour may change, the right way up matters.' },
  product: { title: 'Product', about: 'Colour tells things apart: it is hardly changed, and never removed.' },
  overhead: { title: 'Overhead', about: 'Seen from above or through a microscope: any turn shows the same thing.' },
  grey: { title: 'Grey', about: 'X-rays, scans, grey photos: brightness, contrast and a little noise, no colour.' },
};

/** The recipe's values for views of this side. MoCo v1 always jitters, with more hue, and greys first. */
export function recipeFor(name: RecipeName, side: number, preset: Preset): Recipe {
  const recipe = RECIPES[name];
  const blur = { ...recipe.blur, probability: side >= 64 && preset === 'moco-v2' ? 0.5 : 0 };
  if (preset === 'moco-v2' || name !== 'natural') return { ...recipe, blur };
  return { ...recipe, blur, greyFirst: true, jitter: { ...recipe.jitter, hue: 0.4, probability: 1 } };
}

export const PRESET_WORDS: Record<Preset, { title: string; about: string }> = {
  'moco-v1': { title: 'MoCo v1', about: 'He et al. 2020: a linear head and a rate that falls in two steps.' },
  'moco-v2': {
    title: 'MoCo v2',
    about: 'Chen et al. 2020: a head with a hidden layer, more augmentation, a cosine rate.',
  },
};

type PresetValues = Pick<RunConfig, 'head' | 'temperature' | 'schedule'>;

/** What sets the two apart. The temperature of v1 is the authors' for small pictures; .07 needs a queue of tens of thousands. */
export const PRESETS: Record<Preset, PresetValues> = {
  'moco-v1': { head: 'linear', temperature: 0.1, schedule: 'steps' },
  'moco-v2': { head: 'mlp', temperature: 0.2, schedule: 'cosine' },
};
