import { at, read, splat, write } from './vector';

// Windows over pictures [N, H, W, C]. Parameters: 0 x or dx, 1 y or dy, 2 H, 3 W, 4 rows and 5 columns of y, 6 C, 7 height and 8 width
// of the window, 9 stride, 10 padding, 11 what of its values (below), 12 x of the gradient of the largest.

const LARGEST = 0;
const MEAN = 1;
/** As if all of them were one. */
const _SUM = 2;

/** One row of y: each line of a window by itself, then all of them. */
export function pool(task: i32, p: usize): void {
  const down = at(p, 4);
  const across = at(p, 5);
  const bytes = (<usize>at(p, 6)) << 2;
  const what = at(p, 11);
  const begin = splat(what === LARGEST ? -Infinity : 0);
  const top = (task % down) * at(p, 9) - at(p, 10);
  const bottom = min(top + at(p, 7), at(p, 2));
  const picture = <usize>at(p, 0) + <usize>((task / down) * at(p, 2) * at(p, 3)) * bytes;
  let y = <usize>at(p, 1) + <usize>(task * across) * bytes;
  for (let column = 0; column < across; column++) {
    const left = column * at(p, 9) - at(p, 10);
    const right = min(left + at(p, 8), at(p, 3));
    const share = splat(shareOf(what, bottom - max(top, 0), right - max(left, 0)));
    for (let c: usize = 0; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let value = begin;
      for (let i = max(top, 0); i < bottom; i++) {
        let line = begin;
        for (let j = max(left, 0); j < right; j++) {
          const x = read(picture + <usize>(i * at(p, 3) + j) * bytes + c, four);
          line = what === LARGEST ? f32x4.max(line, x) : f32x4.add(line, x);
        }
        value = what === LARGEST ? f32x4.max(value, line) : f32x4.add(value, line);
      }
      write(y + c, f32x4.mul(value, share), four);
    }
    y += bytes;
  }
}

function shareOf(what: i32, height: i32, width: i32): f32 {
  return what === MEAN ? 1 / <f32>(height * width) : 1;
}

/** dx of one picture, which is added to: each window's gradient goes to the first of its largest values, or in shares to all. */
export function poolGradient(task: i32, p: usize): void {
  const height = at(p, 2);
  const width = at(p, 3);
  const down = at(p, 4);
  const across = at(p, 5);
  const bytes = (<usize>at(p, 6)) << 2;
  const what = at(p, 11);
  const picture = <usize>(task * height * width) * bytes;
  const dx = <usize>at(p, 0) + picture;
  const x = <usize>at(p, 12) + picture;
  let dy = <usize>at(p, 1) + <usize>(task * down * across) * bytes;
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      const top = row * at(p, 9) - at(p, 10);
      const left = column * at(p, 9) - at(p, 10);
      const bottom = min(top + at(p, 7), height);
      const right = min(left + at(p, 8), width);
      const share = splat(shareOf(what, bottom - max(top, 0), right - max(left, 0)));
      for (let c: usize = 0; c < bytes; c += what !== LARGEST && bytes - c >= 16 ? 16 : 4) {
        const four = what !== LARGEST && bytes - c >= 16;
        const gradient = f32x4.mul(read(dy + c, four), share);
        let to = dx;
        let value: f32 = -Infinity;
        for (let i = max(top, 0); i < bottom; i++)
          for (let j = max(left, 0); j < right; j++) {
            const here = <usize>(i * width + j) * bytes + c;
            if (what !== LARGEST) write(dx + here, f32x4.add(read(dx + here, four), gradient), four);
            else if (load<f32>(x + here) > value || value === -Infinity) {
              value = load<f32>(x + here);
              to = dx + here;
            }
          }
        if (what === LARGEST) write(to, f32x4.add(read(to, false), gradient), false);
      }
      dy += bytes;
    }
}
