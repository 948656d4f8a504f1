import type { Preset, Recipe, RecipeName, RunConfig } from './config';
import { reconstructs } from './methods';

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

/**
 * The recipe's values for views of this side. MoCo v1 always jitters, with more hue, and greys first. What gives pictures
 * back is shown them nearly as they are: a view's every pixel is asked for again, so only light crops and the recipe's
 * flips and turns are left, which do not change what a picture shows.
 */
export function recipeFor(name: RecipeName, side: number, preset: Preset): Recipe {
  const recipe = RECIPES[name];
  const { method } = PRESETS[preset];
  if (reconstructs(method)) return { ...recipe, ...LIGHT };
  const blur = { ...recipe.blur, probability: side >= 64 && preset !== 'moco-v1' ? 0.5 : 0 };
  if (preset !== 'moco-v1' || name !== 'natural') return { ...recipe, blur };
  return { ...recipe, blur, greyFirst: true, jitter: { ...recipe.jitter, hue: 0.4, probability: 1 } };
}

const LIGHT: Pick<Recipe, 'crop' | 'jitter' | 'grey' | 'blur' | 'noise'> = {
  crop: [0.8, 1],
  jitter: { ...NATURAL.jitter, probability: 0 },
  grey: 0,
  blur: NATURAL.blur,
  noise: 0,
};

/**
 * What frozen views are drawn by, all that an embedding is evaluated by: MoCo v2's values for the smallest views. Whatever
 * the method, the side and the values that a run was given, of all embeddings the same is asked, or nothing could be
 * said of one beside another.
 */
export const evaluationRecipe = (name: RecipeName): Recipe => recipeFor(name, 32, 'moco-v2');

/** Draws the frozen views of every embedding, whatever the seed of its run. */
export const EVALUATION_SEED = 0;

export const PRESET_WORDS: Record<Preset, { title: string; about: string }> = {
  'moco-v2': {
    title: 'MoCo v2',
    about:
      'Momentum contrast (Chen et al. 2020): finds the other view of a picture among many remembered ones. Good with small batches; the first choice here.',
  },
  'moco-v1': {
    title: 'MoCo v1',
    about:
      'Momentum contrast as it began (He et al. 2020): a linear head and a rate that falls in two steps. Simpler to explain.',
  },
  simclr: {
    title: 'SimCLR',
    about:
      'Contrast within the batch (Chen et al. 2020): every other picture of the step is a negative, so it wants large batches. No queue, one encoder.',
  },
  triplet: {
    title: 'Triplet loss',
    about:
      'Anchor, positive, negative (Schroff et al. 2015): another view must be nearer than another picture, by a margin. The oldest of the comparing methods.',
  },
  ae: {
    title: 'Autoencoder',
    about:
      'Squeezes a picture into a short code and gives it back (Hinton & Salakhutdinov 2006). Keeps what fills many pixels, such as colour and layout.',
  },
  dae: {
    title: 'Denoising autoencoder',
    about:
      'Gives back the clean picture from a noisy one with parts hidden (Vincent et al. 2008). What is missing has to be inferred, not copied.',
  },
  vae: {
    title: 'Variational autoencoder',
    about:
      'Codes become small clouds that fill one round space (Kingma & Welling 2014): new pictures can be drawn from it, and each dimension walked along.',
  },
};

type PresetValues = Pick<RunConfig, 'method' | 'head' | 'dim' | 'temperature' | 'schedule'>;

const CONTRAST: PresetValues = { method: 'moco', head: 'mlp', dim: 128, temperature: 0.2, schedule: 'cosine' };
const PICTURES: PresetValues = { ...CONTRAST, head: 'linear', dim: 64 };

/** What sets them apart. The temperature of v1 is the authors' for small pictures; .07 needs a queue of tens of thousands. */
export const PRESETS: Record<Preset, PresetValues> = {
  'moco-v1': { ...CONTRAST, head: 'linear', temperature: 0.1, schedule: 'steps' },
  'moco-v2': CONTRAST,
  // The authors' best temperature for small pictures is .5; at the batches of a page .2 is as good.
  simclr: { ...CONTRAST, method: 'simclr', head: 'mlp-norm' },
  triplet: { ...CONTRAST, method: 'triplet' },
  ae: { ...PICTURES, method: 'ae' },
  dae: { ...PICTURES, method: 'dae' },
  vae: { ...PICTURES, method: 'vae', dim: 32 },
};
