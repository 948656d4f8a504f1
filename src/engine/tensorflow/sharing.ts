import { engine, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Another handle to the same values, disposed of on its own. Nothing here writes in place, so nobody can tell the difference.
 */
export function sharing(tensor: Tensor): Tensor {
  const { dataId, shape, dtype } = tensor;
  const handle = engine().makeTensorFromTensorInfo({ dataId, shape, dtype });
  engine().backend.incRef(dataId);
  return handle;
}
