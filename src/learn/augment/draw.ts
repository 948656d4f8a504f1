import type { Recipe } from '../../core/config';
import { Draws, type Key } from '../../core/random';

export type JitterStep = 'brightness' | 'contrast' | 'saturation' | 'hue';

/** One view's random choices: everything the pixels below depend on, and nothing else. */
export interface ViewDraw {
  /** In pixels of the stored square; whole numbers, as torchvision crops. */
  crop: { top: number; left: number; height: number; width: number };
  flip: boolean;
  verticalFlip: boolean;
  /** Quarter turns, counter-clockwise. */
  turns: 0 | 1 | 2 | 3;
  /** Empty when the jitter was not drawn. Factors of torchvision's ColorJitter, in the order they are applied. */
  jitter: { step: JitterStep; amount: number }[];
  grey: boolean;
  /** Pixels of the view; 0 for none. */
  sigma: number;
  /** Standard deviation; the pixels' noise goes on from the same draws. */
  noise: number;
}

const RATIO = [3 / 4, 4 / 3] as const;

/** Inception's crop (Szegedy et al. 2015) as torchvision draws it: ten tries, then the middle. */
function drawCrop(draws: Draws, side: number, [smallest, largest]: readonly [number, number]): ViewDraw['crop'] {
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = side * side * draws.uniform(smallest, largest);
    const ratio = Math.exp(draws.uniform(Math.log(RATIO[0]), Math.log(RATIO[1])));
    const width = Math.round(Math.sqrt(area * ratio));
    const height = Math.round(Math.sqrt(area / ratio));
    const [y, x] = [draws.uniform(), draws.uniform()];
    if (width < 1 || height < 1 || width > side || height > side) continue;
    return { top: Math.floor(y * (side - height + 1)), left: Math.floor(x * (side - width + 1)), height, width };
  }
  return { top: 0, left: 0, height: side, width: side };
}

function drawJitter(draws: Draws, jitter: Recipe['jitter']): ViewDraw['jitter'] {
  const wanted = draws.uniform() < jitter.probability;
  const order = draws.permutation(4);
  const factor = (strength: number) => draws.uniform(Math.max(0, 1 - strength), 1 + strength);
  const steps: ViewDraw['jitter'] = [
    { step: 'brightness', amount: factor(jitter.brightness) },
    { step: 'contrast', amount: factor(jitter.contrast) },
    { step: 'saturation', amount: factor(jitter.saturation) },
    { step: 'hue', amount: draws.uniform(-jitter.hue, jitter.hue) },
  ];
  const drawn: ViewDraw['jitter'] = [];
  for (let i = 0; wanted && i < steps.length; i++) if (jitter[steps[order[i]].step] > 0) drawn.push(steps[order[i]]);
  return drawn;
}

/** The draw of one picture's view, and the generator standing behind its last choice (the noise goes on from there). */
export function drawView(key: Key, side: number, recipe: Recipe): { view: ViewDraw; draws: Draws } {
  const draws = new Draws(key);
  const crop = drawCrop(draws, side, recipe.crop);
  const flip = draws.uniform() < recipe.flip;
  const verticalFlip = draws.uniform() < recipe.verticalFlip;
  const turn = draws.integer(4) as 0 | 1 | 2 | 3;
  const jitter = drawJitter(draws, recipe.jitter);
  const grey = draws.uniform() < recipe.grey;
  const blurred = draws.uniform() < recipe.blur.probability;
  const sigma = draws.uniform(recipe.blur.sigma[0], recipe.blur.sigma[1]);
  const turns = recipe.quarterTurns ? turn : 0;
  const view = { crop, flip, verticalFlip, turns, jitter, grey, sigma: blurred ? sigma : 0, noise: recipe.noise };
  return { view, draws };
}
