/** What an embedding may follow without anyone wanting it to. [count] each. */
export interface PictureProperties {
  /** Mean luma, 0 to 255. */
  brightness: Float64Array;
  /** Mean saturation, 0 grey to 1: (largest - smallest channel) / largest, as in HSV. */
  saturation: Float64Array;
  /** Logarithm of the variance of the Laplacian of the luma: a blurred picture has little. Pech-Pacheco et al. 2000. */
  sharpness: Float64Array;
}

/** Rec. 601. */
const luma = (pixels: Uint8Array, at: number): number =>
  0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2];

function laplacianVariance(grey: Float64Array, side: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < side - 1; y++)
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x;
      const value = grey[at - 1] + grey[at + 1] + grey[at - side] + grey[at + side] - 4 * grey[at];
      sum += value;
      squares += value * value;
      count++;
    }
  return count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2);
}

/** Properties of pictures [count, side, side, 3], computed from their stored pixels. */
export function pictureProperties(pixels: Uint8Array, count: number, side: number): PictureProperties {
  const area = side * side;
  const [brightness, saturation, sharpness] = [0, 1, 2].map(() => new Float64Array(count));
  const grey = new Float64Array(area);
  for (let picture = 0; picture < count; picture++) {
    for (let i = 0, at = picture * area * 3; i < area; i++, at += 3) {
      const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
      const largest = Math.max(r, g, b);
      grey[i] = luma(pixels, at);
      brightness[picture] += grey[i] / area;
      if (largest > 0) saturation[picture] += (largest - Math.min(r, g, b)) / largest / area;
    }
    sharpness[picture] = Math.log1p(laplacianVariance(grey, side));
  }
  return { brightness, saturation, sharpness };
}
