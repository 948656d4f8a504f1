import { at, floatAt, read, splat, write } from './vector';

// Windows over pictures [N, H, W, C]. Parameters of both poolings and their gradients: 0 x or dx, 1 y or dy, 2 H, 3 W, 4 rows
// and 5 columns of y, 6 C, 7 size, 8 stride, 9 padding, 10 1 for means, 11 x of the gradient of a maximum.

/** One row of y. */
export function pool(task: i32, p: usize): void {
  const down = at(p, 4);
  const across = at(p, 5);
  const bytes = (<usize>at(p, 6)) << 2;
  const means = at(p, 10) !== 0;
  const top = (task % down) * at(p, 8) - at(p, 9);
  const bottom = min(top + at(p, 7), at(p, 2));
  const picture = <usize>at(p, 0) + <usize>((task / down) * at(p, 2) * at(p, 3)) * bytes;
  let y = <usize>at(p, 1) + <usize>(task * across) * bytes;
  for (let column = 0; column < across; column++) {
    const left = column * at(p, 8) - at(p, 9);
    const right = min(left + at(p, 7), at(p, 3));
    const share = splat(1 / <f32>((bottom - max(top, 0)) * (right - max(left, 0))));
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let value = splat(means ? 0 : -Infinity);
      for (let i = max(top, 0); i < bottom; i++)
        for (let j = max(left, 0); j < right; j++) {
          const x = read(picture + <usize>(i * at(p, 3) + j) * bytes + c, four);
          value = means ? f32x4.add(value, x) : f32x4.max(value, x);
        }
      write(y + c, means ? f32x4.mul(value, share) : value, four);
    }
    y += bytes;
  }
}

/** dx of one picture, which is added to: each window's gradient goes to the first of its largest values, or in shares to all. */
export function poolGradient(task: i32, p: usize): void {
  const height = at(p, 2);
  const width = at(p, 3);
  const down = at(p, 4);
  const across = at(p, 5);
  const channels = at(p, 6);
  const bytes = (<usize>channels) << 2;
  const means = at(p, 10) !== 0;
  const picture = <usize>(task * height * width) * bytes;
  const dx = <usize>at(p, 0) + picture;
  const x = <usize>at(p, 11) + picture;
  let dy = <usize>at(p, 1) + <usize>(task * down * across) * bytes;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const top = row * at(p, 8) - at(p, 9);
      const left = column * at(p, 8) - at(p, 9);
      const bottom = min(top + at(p, 7), height);
      const right = min(left + at(p, 7), width);
      const share: f32 = 1 / <f32>((bottom - max(top, 0)) * (right - max(left, 0)));
      for (let c: usize = 0; c < bytes; c += 4) {
        const gradient = load<f32>(dy + c);
        let found: usize = 0;
        let value: f32 = -Infinity;
        for (let i = max(top, 0); i < bottom; i++)
          for (let j = max(left, 0); j < right; j++) {
            const here = <usize>(i * width + j) * bytes + c;
            if (means) store<f32>(dx + here, load<f32>(dx + here) + gradient * share);
            else if (load<f32>(x + here) > value || value === -Infinity) {
              value = load<f32>(x + here);
              found = here;
            }
          }
        if (!means) store<f32>(dx + found, load<f32>(dx + found) + gradient);
      }
      dy += bytes;
    }
}

/** dx (+)= dy / pixels at every pixel. A task is a picture. Parameters: 0 pixels, 1 C, 2 dy, 3 dx, 4 factor, 5 1 where dx is added to. */
export function meanPoolGradient(picture: i32, p: usize): void {
  const bytes = (<usize>at(p, 1)) << 2;
  const dy = <usize>at(p, 2) + <usize>picture * bytes;
  let dx = <usize>at(p, 3) + <usize>(picture * at(p, 0)) * bytes;
  const factor = splat(floatAt(p, 4));
  for (let pixel = 0; pixel < at(p, 0); pixel++) {
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      const value = f32x4.mul(read(dy + c, four), factor);
      write(dx + c, at(p, 5) !== 0 ? f32x4.add(read(dx + c, four), value) : value, four);
    }
    dx += bytes;
  }
}

/** y [N, C] = means over pixels. A task is a picture. Parameters: 0 pixels, 1 C, 2 x, 3 y. */
export function meanPool(picture: i32, p: usize): void {
  const pixels = at(p, 0);
  const bytes = (<usize>at(p, 1)) << 2;
  const x = <usize>at(p, 2) + <usize>(picture * pixels) * bytes;
  const y = <usize>at(p, 3) + <usize>picture * bytes;
  const share = 1 / <f64>pixels;
  for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
    const four = bytes - c >= 16;
    let low = f64x2.splat(0);
    let high = low;
    for (let pixel: usize = 0; pixel < <usize>pixels; pixel++) {
      const value = read(x + pixel * bytes + c, four);
      low = f64x2.add(low, f64x2.promote_low_f32x4(value));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f64>(value, value, 1, 1)));
    }
    const first = f32x4.demote_f64x2_zero(f64x2.mul(low, f64x2.splat(share)));
    const second = f32x4.demote_f64x2_zero(f64x2.mul(high, f64x2.splat(share)));
    write(y + c, v128.shuffle<f64>(first, second, 0, 2), four);
  }
}

/**
 * One row of y [N, 2H, 2W, C]: every pixel becomes a square of four; backward, dx (+)= the sum of its four. A task is a row of x.
 * Parameters: 0 x or dx, 1 y or dy, 2 W, 3 bytes of a pixel, 4 1 backward, 5 1 where dx is added to.
 */
export function upsample(row: i32, p: usize): void {
  const width = at(p, 2);
  const bytes = <usize>at(p, 3);
  for (let column = 0; column < width; column++) {
    const x = <usize>at(p, 0) + <usize>(row * width + column) * bytes;
    const y = <usize>at(p, 1) + <usize>(4 * row * width + 2 * column) * bytes;
    const below = y + <usize>(2 * width) * bytes;
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      if (at(p, 4) === 0) {
        const value = read(x + c, four);
        write(y + c, value, four);
        write(y + bytes + c, value, four);
        write(below + c, value, four);
        write(below + bytes + c, value, four);
        continue;
      }
      const above = f32x4.add(read(y + c, four), read(y + bytes + c, four));
      const value = f32x4.add(above, f32x4.add(read(below + c, four), read(below + bytes + c, four)));
      write(x + c, at(p, 5) !== 0 ? f32x4.add(read(x + c, four), value) : value, four);
    }
  }
}
