import { at } from './vector';

// A matrix of steps x columns in panels of 8 columns, zeros beyond its last: what the tiles read one after another.

/** Panel `panel` of weights [taps, I, O], for the taps listed. Parameters: weights, panels, taps, list of taps, I, O, turned. */
export function packWeights(panel: i32, p: usize): void {
  const weights = <usize>at(p, 0);
  const taps = at(p, 2);
  const list = <usize>at(p, 3);
  const inner = at(p, 4);
  const outer = at(p, 5);
  // Turned: steps run over taps and O, columns over I.
  const turned = at(p, 6) !== 0;
  const columns = turned ? inner : outer;
  const steps = turned ? outer : inner;
  const first = panel << 3;
  const count = min(8, columns - first);
  const stepBytes: usize = turned ? 4 : (<usize>outer) << 2;
  const columnBytes: usize = turned ? (<usize>outer) << 2 : 4;
  let to = <usize>at(p, 1) + ((<usize>panel * taps * steps) << 5);
  for (let t = 0; t < taps; t++) {
    let from = weights + ((<usize>at(list, t) * inner * outer) << 2) + <usize>first * columnBytes;
    for (let step = 0; step < steps; step++) {
      if (count === 8 && !turned) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let c = 0; c < 8; c++) store<f32>(to + (c << 2), c < count ? load<f32>(from + <usize>c * columnBytes) : 0);
      }
      to += 32;
      from += stepBytes;
    }
  }
}

/** Rows of one block of a matrix, all its panels. Parameters: matrix [R, C], panels, R, C, rows of a block. */
export function packRows(block: i32, p: usize): void {
  const columns = at(p, 3);
  const size = at(p, 4);
  const first = block * size;
  const rows = min(size, at(p, 2) - first);
  const from = <usize>at(p, 0) + ((<usize>first * columns) << 2);
  const panels = (columns + 7) >> 3;
  let to = <usize>at(p, 1) + ((<usize>block * panels * size) << 5);
  for (let panel = 0; panel < panels; panel++) {
    const count = min(8, columns - (panel << 3));
    let source = from + ((<usize>panel) << 5);
    for (let row = 0; row < rows; row++) {
      const target = to + ((<usize>row) << 5);
      if (count === 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else {
        for (let c = 0; c < 8; c++) store<f32>(target + (c << 2), c < count ? load<f32>(source + (c << 2)) : 0);
      }
      source += (<usize>columns) << 2;
    }
    to += (<usize>size) << 5;
  }
}
