/** Changes of colour in the order of their numbers in the table; 0 is none. */
const STEPS = ['brightness', 'contrast', 'saturation', 'hue'] as const;
type Step = (typeof STEPS)[number];

/** One view's random choices, drawn elsewhere. */
export interface ViewChoices {
  /** In pixels of the stored square. */
  readonly crop: { readonly top: number; readonly left: number; readonly height: number; readonly width: number };
  readonly flip: boolean;
  readonly verticalFlip: boolean;
  /** Quarter turns, counter-clockwise. */
  readonly turns: number;
  /** At most one of each, in the order they are applied. */
  readonly jitter: readonly { readonly step: Step; readonly amount: number }[];
  readonly grey: boolean;
  /** Grey before the jitter, not after it. */
  readonly greyFirst: boolean;
  /** Pixels of the view; 0 for no blur. */
  readonly sigma: number;
  /** Standard deviation of the noise; 0 for none. */
  readonly noise: number;
  /** Where the noise goes on drawing: `Draws.place()`. */
  readonly random: readonly number[];
}

/** A row of the table, a 32-bit word each. Reals are float32 by their bits. */
const WORDS = [
  ...['top', 'left', 'height', 'width'],
  ...['flip', 'verticalFlip', 'turns', 'greyBefore', 'greyAfter'],
  ...['step0', 'step1', 'step2', 'step3', 'amount0', 'amount1', 'amount2', 'amount3'],
  ...['reach', 'sigma', 'noise'],
  ...['key0', 'key1', 'key2', 'key3', 'draw'],
] as const;
type Word = (typeof WORDS)[number];

/** Words of a row, and where in it each is. */
export const ROW = WORDS.length;
const PLACES = Object.fromEntries(WORDS.map((word, place) => [word, place])) as Record<Word, number>;

/** Pixels to each side that a blur of this sigma sees, in a view `side` wide: three sigma. */
export const reachOf = (sigma: number, side: number): number => Math.min(side - 1, Math.ceil(3 * sigma));

/** The table that an augmenter of this view side reads, a row a view: [views, ROW]. */
export function choicesTable(views: readonly ViewChoices[], side: number): Uint32Array<ArrayBuffer> {
  const table = new Uint32Array(views.length * ROW);
  const reals = new Float32Array(table.buffer);
  const place = PLACES;
  views.forEach(({ crop, flip, verticalFlip, turns, jitter, grey, greyFirst, sigma, noise, random }, view) => {
    const row = view * ROW;
    table[row + place.top] = crop.top;
    table[row + place.left] = crop.left;
    table[row + place.height] = crop.height;
    table[row + place.width] = crop.width;
    table[row + place.flip] = Number(flip);
    table[row + place.verticalFlip] = Number(verticalFlip);
    table[row + place.turns] = turns;
    table[row + place.greyBefore] = Number(grey && greyFirst);
    table[row + place.greyAfter] = Number(grey && !greyFirst);
    for (let i = 0; i < jitter.length; i++) {
      table[row + place.step0 + i] = STEPS.indexOf(jitter[i].step) + 1;
      reals[row + place.amount0 + i] = jitter[i].amount;
    }
    table[row + place.reach] = reachOf(sigma, side);
    reals[row + place.sigma] = sigma;
    reals[row + place.noise] = noise;
    for (let i = 0; i < random.length; i++) table[row + place.key0 + i] = random[i];
  });
  return table;
}

/** WGSL: place of a word in `table`, in the row that begins at `row`. */
export const at = (word: Word): string => `row + ${PLACES[word]}`;
export const integer = (word: Word): string => `i32(load_table(${at(word)}))`;
export const real = (word: Word): string => `bitcast<f32>(load_table(${at(word)}))`;
export const stepNumber = (step: Step): string => `${STEPS.indexOf(step) + 1}`;
