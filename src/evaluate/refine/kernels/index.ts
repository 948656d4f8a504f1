// Written in AssemblyScript: bin/vite/kernels.ts compiles it. Rows lie in panels of four, side by side, so that a vector
// holds one value of each: [panels, dim, 4]. All numbers are f32.

/** Takes `other` in among the k nearest of `row` if it is nearer than the last. Of equals the one offered first stays first. */
function offer(row: i32, other: i32, score: f32, k: i32, rows: usize, scores: usize, bars: usize): void {
  const first = row * k;
  let place = first + k - 1;
  if (!(score > load<f32>(scores + 4 * place))) return;
  for (; place > first && load<f32>(scores + 4 * (place - 1)) < score; place--) {
    store<f32>(scores + 4 * place, load<f32>(scores + 4 * (place - 1)));
    store<i32>(rows + 4 * place, load<i32>(rows + 4 * (place - 1)));
  }
  store<f32>(scores + 4 * place, score);
  store<i32>(rows + 4 * place, other);
  store<f32>(bars + 4 * row, load<f32>(scores + 4 * (first + k - 1)));
}

function lower(lowest: usize, row: i32, score: f32): void {
  store<f32>(lowest + 4 * row, min<f32>(load<f32>(lowest + 4 * row), score));
}

/** Products of one row with the four of a panel: each becomes known to both of its rows. */
function settle(
  x: v128,
  row: i32,
  panel: i32,
  upTo: i32,
  k: i32,
  rows: usize,
  scores: usize,
  bars: usize,
  lowest: usize,
  scratch: usize,
): void {
  v128.store(scratch, x);
  for (let lane = 0; lane < upTo; lane++) {
    const score = load<f32>(scratch + 4 * lane);
    const other = 4 * panel + lane;
    offer(row, other, score, k, rows, scores, bars);
    offer(other, row, score, k, rows, scores, bars);
    lower(lowest, row, score);
    lower(lowest, other, score);
  }
}

/**
 * Every pair of a row `from` .. `upTo` and one before it, of `count` rows that lie at `at`; `from` is a multiple of 4. rows, scores [count, k]: the k nearest other rows of each, nearest first.
 * bars [panels, 4]: the last of the scores. lowest [panels, 4]: the lowest product with any row. scratch: 16 bytes.
 */
export function pairs(
  at: usize,
  count: i32,
  dim: i32,
  k: i32,
  rows: usize,
  scores: usize,
  bars: usize,
  lowest: usize,
  scratch: usize,
  from: i32,
  upTo: i32,
): void {
  const size: usize = 16 * dim;
  for (let row = from; row < min(upTo, count); row += 4) {
    const own = at + (row >> 2) * size;
    const asked = min(4, count - row);
    for (let panel = 0; panel <= row >> 2; panel++) {
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let tile = own;
      let place = at + panel * size;
      for (let i = 0; i < dim; i++) {
        const x = v128.load(place);
        a = f32x4.add(a, f32x4.mul(x, v128.load32_splat(tile)));
        b = f32x4.add(b, f32x4.mul(x, v128.load32_splat(tile, 4)));
        c = f32x4.add(c, f32x4.mul(x, v128.load32_splat(tile, 8)));
        d = f32x4.add(d, f32x4.mul(x, v128.load32_splat(tile, 12)));
        place += 16;
        tile += 16;
      }
      // Few products change what is known of their rows; on the diagonal a row meets itself and those before it.
      const diagonal = panel === row >> 2;
      const theirs = v128.load(bars + 16 * panel);
      const least = v128.load(lowest + 16 * panel);
      for (let q = 0; q < asked; q++) {
        const x = q === 0 ? a : q === 1 ? b : q === 2 ? c : d;
        const near = v128.or(f32x4.gt(x, theirs), f32x4.gt(x, v128.load32_splat(bars + 4 * (row + q))));
        const far = v128.or(f32x4.lt(x, least), f32x4.lt(x, v128.load32_splat(lowest + 4 * (row + q))));
        if (diagonal || v128.any_true(v128.or(near, far)))
          settle(x, row + q, panel, diagonal ? q : 4, k, rows, scores, bars, lowest, scratch);
      }
    }
  }
}
