import type { Padding, Shape } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import type { Lowering } from '../lower/lowering';
import { type Product, shareOut } from './products';

// kernels/winograd.ts

/** Columns of a panel. */
const PANEL = 8;
/** Numbers between the filters of two products; kernels/winograd_pixels.ts. */
const GAP = 16;
/** Fewest channels, of x and of y, of which transforming costs less than it saves. */
const LEAST = 16;
/** Most channels of x whose tiles fit into a thread's scratch. */
const MOST = 4096;
/** Tiles of a task, and floats of them times channels: what is transformed stays in a core's second cache and a thread's scratch. */
const TILES = 32;
const FLOATS = 16384;

/** A convolution of 3 x 3 taps; turned, they are met from the other side. */
interface Transformed extends Product {
  /** Zeros above and at the left of x. */
  padding: readonly [number, number];
}

/** Whether a convolution from so many channels to so many is one that this is for. */
export const isTransformed = (stride: number, [height, width]: Shape, from: number, to: number): boolean =>
  `${[stride, height, width]}` === '1,3,3' &&
  from % 4 === 0 &&
  to % PANEL === 0 &&
  Math.min(from, to) >= LEAST &&
  from <= MOST;

/** The filters as the products read them: once however many read them. */
function packed(to: Lowering, { weights, weightShape, turned }: Transformed): Slot {
  return to.once(weights, `transformed ${turned}`, () => {
    const [inner, outer] = weightShape.slice(2);
    const [columns, steps] = turned ? [inner, outer] : [outer, inner];
    const slot = to.slot('transformed weights', (16 * columns * (PANEL * steps + GAP)) / PANEL);
    const parameters = [weights, slot, inner, outer, Number(turned)];
    to.launch('packWinograd', columns / PANEL, parameters, 'packing of weights');
    return slot;
  });
}

export function transformed(to: Lowering, given: Transformed): void {
  const { label, x, xShape, y, yShape, padding, finish } = given;
  const [pictures, height, width, inner] = xShape;
  const [, rows, columns, outer] = yShape;
  const [down, across] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const tiles = pictures * down * across;
  const each = Math.max(4, Math.min(TILES, Math.floor(FLOATS / inner / 4) * 4));
  const bands = Math.ceil(tiles / each);
  const [panels, tasksAcross] = shareOut(outer / PANEL, bands, to.threads);
  const parameters = [
    ...[x, packed(to, given), y.slot, tiles, down, across, height, width, inner, outer, ...padding, to.zeros],
    ...[rows, columns, each, panels, tasksAcross, ...finish, Number(y.more)],
  ];
  to.launch('winograd', bands * tasksAcross, parameters, `${label}, Winograd`, to.flops);
}

/** Channels of x that a task of the filters' gradient takes, and its panels of dy at most. */
const CHANNELS = 32;
const PANELS = 8;

/** The gradient of the filters of such a convolution. */
export function transformedGradient(
  to: Lowering,
  { label, xShape, yShape, padding }: Pick<Transformed, 'label' | 'xShape' | 'yShape'> & { padding: Padding },
  x: Slot,
  dy: Slot,
  dw: Slot,
): void {
  const [pictures, height, width, inner] = xShape;
  const [, rows, columns, outer] = yShape;
  const [down, across] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const bands = Math.ceil(inner / CHANNELS);
  const [shared] = shareOut(outer / PANEL, bands, to.threads);
  const panels = Math.min(PANELS, shared);
  const tasksAcross = Math.ceil(outer / PANEL / panels);
  const parameters = [
    ...[x, dy, dw, pictures * down * across, down, across, height, width, inner, outer],
    ...[padding[0], padding[2], to.zeros, rows, columns, panels, tasksAcross],
  ];
  to.launch('winogradGradient', bands * tasksAcross, parameters, `${label} dw, Winograd`, to.flops);
}
