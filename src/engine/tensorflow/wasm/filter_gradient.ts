import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Geometry } from '../geometry';
import { addressOf, kernelsOf } from './linked';
import { PANEL, shareOut } from './product';

/** Places whose products are one sum. */
const BLOCK = 256;
/** Channels of x that a task takes; kernels/filter_gradient.ts. */
const CHANNELS = 32;

/** x [N, H, W, I], dy [N, H', W', O] -> dw [h, w, I, O] */
export function filterGradient(wasm: BackendWasm, g: Geometry, x: TensorInfo, dy: TensorInfo): TensorInfo {
  const kernels = kernelsOf(wasm);
  const places = g.batchSize * g.outHeight * g.outWidth;
  const blocks = Math.ceil(places / BLOCK);
  const panels = Math.ceil(g.outChannels / PANEL);
  const dw = wasm.makeOutput(g.filterShape, 'float32');
  const packed = wasm.makeOutput([blocks, panels, BLOCK, PANEL], 'float32');
  const [atX, atDy, atPacked, atDw] = [x, dy, packed, dw].map((tensor) => addressOf(wasm, tensor));
  kernels.run('packRows', blocks, [atDy, atPacked, places, g.outChannels, BLOCK]);
  const bands = g.filterHeight * g.filterWidth * Math.ceil(g.inChannels / CHANNELS);
  const [each, tasksAcross] = shareOut(panels, bands, kernels.threads);
  kernels.run('filterGradient', bands * tasksAcross, [
    ...[atX, atPacked, atDw, places, g.outHeight, g.outWidth, g.inHeight, g.inWidth, g.inChannels, g.outChannels],
    ...[g.strideHeight, g.padInfo.top, g.padInfo.left, g.filterWidth, BLOCK, each, tasksAcross],
  ]);
  wasm.disposeData(packed.dataId);
  return dw;
}
