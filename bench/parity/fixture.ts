import { Fault } from '../../src/core/fault';
import type { Tensor } from '../../src/core/formats/safetensors';
import type { Architecture } from '../../src/learn/backbones/architecture';
import { resnet } from '../../src/learn/backbones/resnet';
import { type FixtureConfig, readFixtureConfig } from './fixture_config';

/** A run of the PyTorch reference: what it was fed and what came out. Written by moco_reference.py. */
export interface Fixture {
  name: string;
  config: FixtureConfig;
  tensors: ReadonlyMap<string, Tensor>;
}

/** @throws Fault('file') when the file is no fixture. */
export function readFixture(
  name: string,
  metadata: Readonly<Record<string, string>>,
  tensors: Fixture['tensors'],
): Fixture {
  return { name, config: readFixtureConfig(name, metadata.config), tensors };
}

export const fixtureEncoder = ({ blocks, width, head, dim }: FixtureConfig): Architecture => ({
  backbone: resnet({ block: 'basic', blocks, width, stem: 'cifar' }),
  head,
  dim,
});

/** One tensor of a fixture, of this dtype and shape. */
export function fixtureTensor(
  { name, tensors }: Fixture,
  tensor: string,
  dtype: 'F32' | 'U8' | 'I32',
  shape: readonly number[],
): ArrayLike<number> {
  const found = tensors.get(tensor);
  if (!found) throw new Fault('file', `${name}: the tensor '${tensor}' is missing.`);
  if (found.dtype !== dtype || `${found.shape}` !== `${shape}`)
    throw new Fault(
      'file',
      `${name}: the tensor '${tensor}' is ${found.dtype} [${found.shape}] and should be ${dtype} [${shape}].`,
    );
  return found.data as ArrayLike<number>;
}

/** Pictures of one step, bytes [steps, N, 3, S, S] -> normalised [N, S, S, 3]. */
export function fixtureViews(config: FixtureConfig, bytes: ArrayLike<number>, step: number): Float32Array {
  const { batchSize, side } = config;
  const plane = side * side;
  const views = new Float32Array(batchSize * plane * 3);
  const start = step * views.length;
  for (let n = 0; n < batchSize; n++)
    for (let p = 0; p < plane; p++)
      for (let c = 0; c < 3; c++)
        views[(n * plane + p) * 3 + c] = (bytes[start + (n * 3 + c) * plane + p] / 255 - 0.5) / 0.25;
  return views;
}
