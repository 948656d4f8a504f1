import { addressOf, routinesOf } from './linked';
import { eachRow, FLOAT, type Run, transposed, zeros } from './taps';

/** Most floats that the parts of a filter gradient take up together. */
const PARTS_LIMIT = 2 ** 22;

/**
 * dw [I, O] += x' [I, pixels] dy [pixels, O], for each part of the batch by itself: one chain of sums over all rows of all
 * pictures would lose two digits.
 */
export const filterSlope: Run = (wasm, g, x, dy) => {
  const weights = g.filterHeight * g.filterWidth * g.inChannels * g.outChannels;
  const parts = Math.max(1, Math.min(g.batchSize, Math.floor(PARTS_LIMIT / weights)));
  const pictures = Math.ceil(g.batchSize / parts);
  const dw = wasm.makeOutput(g.filterShape, 'float32');
  const split = zeros(wasm, [parts, weights]);
  const { productsTurned, rowSums } = routinesOf(wasm);
  const [atX, atDy, atSplit] = [x, dy, split].map((tensor) => addressOf(wasm, tensor));
  const [inner, outer] = [FLOAT * g.inChannels, FLOAT * g.outChannels];
  eachRow(g, (xFirst, yFirst, tap, pixels, picture) => {
    const part = atSplit + FLOAT * weights * Math.floor(picture / pictures);
    const [left, right, out] = [atX + xFirst * inner, atDy + yFirst * outer, part + tap * g.inChannels * outer];
    productsTurned(left, right, out, g.inChannels, pixels, g.outChannels, g.strideWidth * inner, outer);
  });
  rowSums(atSplit, addressOf(wasm, dw), parts, weights);
  wasm.disposeData(split.dataId);
  return dw;
};

/** The same at stride 1 where x comes in fours and dy does not: dw' [O, I] += dy' [O, pixels] x [pixels, I], turned at the end. */
export const filterSlopeTurned: Run = (wasm, g, x, dy) => {
  const weights = g.filterHeight * g.filterWidth * g.inChannels * g.outChannels;
  const parts = Math.max(1, Math.min(g.batchSize, Math.floor(PARTS_LIMIT / weights)));
  const pictures = Math.ceil(g.batchSize / parts);
  const shape = [g.filterHeight, g.filterWidth, g.outChannels, g.inChannels];
  const turned = wasm.makeOutput(shape, 'float32');
  const split = zeros(wasm, [parts, weights]);
  const { productsTurned, rowSums } = routinesOf(wasm);
  const [atX, atDy, atSplit] = [x, dy, split].map((tensor) => addressOf(wasm, tensor));
  const [inner, outer] = [FLOAT * g.inChannels, FLOAT * g.outChannels];
  eachRow(g, (xFirst, yFirst, tap, pixels, picture) => {
    const part = atSplit + FLOAT * weights * Math.floor(picture / pictures);
    const [left, right, out] = [atDy + yFirst * outer, atX + xFirst * inner, part + tap * g.outChannels * inner];
    productsTurned(left, right, out, g.outChannels, pixels, g.inChannels, outer, inner);
  });
  rowSums(atSplit, addressOf(wasm, turned), parts, weights);
  const dw = transposed(wasm, turned, shape);
  for (const { dataId } of [split, turned]) wasm.disposeData(dataId);
  return dw;
};
