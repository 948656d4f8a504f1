import { at } from './vector';

/** Bytes between the runs of two products: all of a power of two apart would meet in the same few places of a core's cache. */
export const GAP: usize = 64;

/** Addresses of the 16 pixels under a tile, by parameters 0, 4 to 8 and 10 to 12 of the kernels that use tiles. */
export function addressPixels(p: usize, tile: i32, list: usize): void {
  const across = at(p, 5);
  const down = at(p, 4);
  const height = at(p, 6);
  const width = at(p, 7);
  const bytes = (<usize>at(p, 8)) << 2;
  const top = (((tile / across) % down) << 1) - at(p, 10);
  const left = ((tile % across) << 1) - at(p, 11);
  const picture = tile / across / down;
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 4; column++) {
      const i = top + row;
      const j = left + column;
      const hit = <u32>i < <u32>height && <u32>j < <u32>width;
      const pixel = <usize>((picture * height + i) * width + j);
      store<usize>(list, hit ? <usize>at(p, 0) + pixel * bytes : <usize>at(p, 12));
      list += 4;
    }
}

/** B' d B of some channels, from byte `first` on: down the columns 0 - 2, 1 + 2, 2 - 1 and 1 - 3, then across the rows. */
export function transformPixels(list: usize, first: usize, bytes: usize, to: usize, apart: usize): void {
  const below = apart << 2;
  for (let c = first; c < first + bytes; c += 16) {
    const d01 = pixel(list, 16, c);
    const d02 = pixel(list, 32, c);
    const d11 = pixel(list, 20, c);
    const d12 = pixel(list, 36, c);
    const d21 = pixel(list, 24, c);
    const d22 = pixel(list, 40, c);
    const d31 = pixel(list, 28, c);
    const d32 = pixel(list, 44, c);
    const out = to + c - first;
    across(
      f32x4.sub(pixel(list, 0, c), d02),
      f32x4.sub(pixel(list, 4, c), d12),
      f32x4.sub(pixel(list, 8, c), d22),
      f32x4.sub(pixel(list, 12, c), d32),
      out,
      apart,
    );
    across(f32x4.add(d01, d02), f32x4.add(d11, d12), f32x4.add(d21, d22), f32x4.add(d31, d32), out + below, apart);
    across(f32x4.sub(d02, d01), f32x4.sub(d12, d11), f32x4.sub(d22, d21), f32x4.sub(d32, d31), out + 2 * below, apart);
    across(
      f32x4.sub(d01, pixel(list, 48, c)),
      f32x4.sub(d11, pixel(list, 52, c)),
      f32x4.sub(d21, pixel(list, 56, c)),
      f32x4.sub(d31, pixel(list, 60, c)),
      out + 3 * below,
      apart,
    );
  }
}

/** Four channels of the pixel whose address stands `entry` bytes into the list. */
function pixel(list: usize, entry: usize, c: usize): v128 {
  return v128.load(load<usize>(list + entry) + c);
}

function across(t0: v128, t1: v128, t2: v128, t3: v128, out: usize, apart: usize): void {
  v128.store(out, f32x4.sub(t0, t2));
  v128.store(out + apart, f32x4.add(t1, t2));
  v128.store(out + 2 * apart, f32x4.sub(t2, t1));
  v128.store(out + 3 * apart, f32x4.sub(t1, t3));
}
