/** For each output place: the first input place it reads and the weights from there on. */
export interface Taps {
  first: Int32Array;
  weights: Float32Array[];
}

/**
 * Triangle filter from `size` input places to `output` places, widened when shrinking so that nothing aliases:
 * PIL's and torchvision's antialiased bilinear resize, in one dimension.
 */
export function triangleTaps(size: number, output: number): Taps {
  const scale = size / output;
  const support = Math.max(1, scale);
  const first = new Int32Array(output);
  const weights: Float32Array[] = [];
  for (let i = 0; i < output; i++) {
    const centre = (i + 0.5) * scale;
    const begin = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(size, Math.floor(centre + support + 0.5));
    const row = new Float32Array(end - begin);
    let sum = 0;
    for (let j = begin; j < end; j++) {
      row[j - begin] = Math.max(0, 1 - Math.abs((j + 0.5 - centre) / support));
      sum += row[j - begin];
    }
    for (let j = 0; j < row.length; j++) row[j] /= sum;
    first[i] = begin;
    weights.push(row);
  }
  return { first, weights };
}

/**
 * The crop (top, left, height, width) of one uint8 RGB picture `side` pixels wide, beginning at `offset`,
 * resized to output x output x 3 in 0..1.
 */
export function resizeCrop(
  pixels: Uint8Array,
  offset: number,
  side: number,
  crop: { top: number; left: number; height: number; width: number },
  output: number,
): Float32Array {
  const across = triangleTaps(crop.width, output);
  const rows = new Float32Array(crop.height * output * 3);
  for (let y = 0; y < crop.height; y++) {
    const line = offset + ((crop.top + y) * side + crop.left) * 3;
    for (let x = 0; x < output; x++) {
      const weights = across.weights[x];
      let at = line + across.first[x] * 3;
      let [red, green, blue] = [0, 0, 0];
      for (let t = 0; t < weights.length; t++, at += 3) {
        red += weights[t] * pixels[at];
        green += weights[t] * pixels[at + 1];
        blue += weights[t] * pixels[at + 2];
      }
      const to = (y * output + x) * 3;
      rows[to] = red / 255;
      rows[to + 1] = green / 255;
      rows[to + 2] = blue / 255;
    }
  }
  return combineRows(rows, triangleTaps(crop.height, output), output * 3);
}

/** Each output row is the weighted sum of input rows of `width` numbers. */
export function combineRows(rows: Float32Array, down: Taps, width: number): Float32Array {
  const output = new Float32Array(down.first.length * width);
  for (let y = 0; y < down.first.length; y++) {
    const weights = down.weights[y];
    for (let t = 0; t < weights.length; t++) {
      const from = (down.first[y] + t) * width;
      const weight = weights[t];
      for (let x = 0; x < width; x++) output[y * width + x] += weight * rows[from + x];
    }
  }
  return output;
}
