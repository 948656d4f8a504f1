/** Inputs of a program that the executor makes itself, out of stored pictures and of choices drawn elsewhere. */
export interface MadeViews {
  /** Name of each such input, [N, side, side, 3], with the number of the view that it takes. */
  readonly inputs: Readonly<Record<string, 0 | 1>>;
  /** N: pictures a run. */
  readonly pictures: number;
  /** Pixels of a stored square's side, and of a view's. */
  readonly storedSide: number;
  readonly side: number;
  /** The largest sigma of the blur, in pixels of the view; 0 where no view is blurred, which spares a dispatch. */
  readonly sigma: number;
  /** Whether views get noise. */
  readonly noise: boolean;
  /** Views are (x - mean) / deviation of pixels in 0..1. */
  readonly mean: number;
  readonly deviation: number;
}

/** What a program with made views is fed instead of them: uint8 [N, stored side, stored side, 3]. */
export const PIXELS = 'pixels of the pictures';
/** And `choicesTable` of the first views of all pictures, then, where there are second ones, of those. */
export const CHOICES = 'choices of the views';
