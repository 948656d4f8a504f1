import { multiplyColumns } from './tile';
import { at, scratch } from './vector';

/** Channels of x that a task takes. */
const CHANNELS = 32;

/**
 * dw [taps, I, O] = x' dy over all places: one tap, 32 channels of x and some panels of dy a task. Blocks of places have sums
 * of their own, which are added together: one chain over all of them would lose two digits.
 * Parameters: 0 x, 1 dy in panels, 2 dw, 3 places, 4 places down, 5 places across, 6 H, 7 W, 8 I, 9 O, 10 stride, 11 padding
 * above, 12 padding at the left, 13 width of the window, 14 places a block, 15 panels a task, 16 tasks along O.
 */
export function filterGradient(task: i32, p: usize): void {
  const channels = at(p, 8);
  const outer = at(p, 9);
  const tasksAcross = at(p, 16);
  const groups = (channels + CHANNELS - 1) / CHANNELS;
  const tap = task / tasksAcross / groups;
  const firstChannel = ((task / tasksAcross) % groups) * CHANNELS;
  const count = min(CHANNELS, channels - firstChannel);
  const panels = (outer + 7) >> 3;
  const firstPanel = (task % tasksAcross) * at(p, 15);
  const endPanel = min(panels, firstPanel + at(p, 15));
  const places = at(p, 3);
  const block = at(p, 14);
  const tiles = (count + 3) >> 2;
  const stride = (<usize>outer) << 2;
  const dw = <usize>at(p, 2) + <usize>(tap * channels + firstChannel) * stride;
  // One tile's sums for the edges, then the channels packed.
  const spare = scratch;
  const left = scratch + 128;

  for (let first = 0; first < places; first += block) {
    const steps = min(block, places - first);
    pack(p, tap, firstChannel, count, first, steps, left);
    for (let panel = firstPanel; panel < endPanel; panel++) {
      const right = <usize>at(p, 1) + ((<usize>(first * panels + panel * block)) << 5);
      const width = min(8, outer - (panel << 3));
      for (let tile = 0; tile < tiles; tile++) {
        const height = min(4, count - (tile << 2));
        const a = left + ((<usize>(tile * block)) << 4);
        const to = dw + ((<usize>tile) << 2) * stride + ((<usize>panel) << 5);
        if (height === 4 && width === 8) {
          multiplyColumns(a, 16, steps, right, 32, to, stride, first > 0);
          continue;
        }
        multiplyColumns(a, 16, steps, right, 32, spare, 32, false);
        for (let r = 0; r < height; r++)
          for (let c = 0; c < width; c++) {
            const place = to + <usize>r * stride + (c << 2);
            const sum = load<f32>(spare + (r << 5) + (c << 2));
            store<f32>(place, first > 0 ? load<f32>(place) + sum : sum);
          }
      }
    }
  }
}

/** Channels of x under the tap for each place, in tiles of 4: [tiles, block, 4]. */
function pack(p: usize, tap: i32, firstChannel: i32, count: i32, first: i32, steps: i32, to: usize): void {
  const x = <usize>at(p, 0) + ((<usize>firstChannel) << 2);
  const down = at(p, 4);
  const across = at(p, 5);
  const height = at(p, 6);
  const width = at(p, 7);
  const bytes = (<usize>at(p, 8)) << 2;
  const stride = at(p, 10);
  const tapRow = tap / at(p, 13) - at(p, 11);
  const tapColumn = (tap % at(p, 13)) - at(p, 12);
  const tileBytes = (<usize>at(p, 14)) << 4;
  let column = first % across;
  let row = (first / across) % down;
  let picture = first / across / down;
  const none = f32x4.splat(0);
  for (let step = 0; step < steps; step++) {
    const i = row * stride + tapRow;
    const j = column * stride + tapColumn;
    const hit = <u32>i < <u32>height && <u32>j < <u32>width;
    const from = x + <usize>((picture * height + i) * width + j) * bytes;
    let target = to + ((<usize>step) << 4);
    let c = 0;
    for (; c + 4 <= count; c += 4) {
      v128.store(target, hit ? v128.load(from + ((<usize>c) << 2)) : none);
      target += tileBytes;
    }
    for (let rest = 0; rest < count - c; rest++)
      store<f32>(target + (rest << 2), hit ? load<f32>(from + ((<usize>(c + rest)) << 2)) : 0);
    column++;
    if (column === across) {
      column = 0;
      row++;
      if (row === down) {
        row = 0;
        picture++;
      }
    }
  }
}
