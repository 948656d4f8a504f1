import { elements } from '../../../graph/tensor';
import type { Values } from '../../executor';
import { inPieces } from '../memory/pieces';
import type { Place } from '../memory/variables';
import type { Gpu } from './gpu';

const bytesOf = ({ values }: Place): number => 4 * elements(values.shape);

/**
 * What variables hold at this moment: all is submitted before anything is waited for, through as many buffers as it takes
 * for none to be larger than the device gives.
 */
export async function readPlaces(gpu: Gpu, places: ReadonlyMap<string, Place>): Promise<Record<string, Values>> {
  if (gpu.fault) throw gpu.fault;
  const pieces = inPieces([...places], ([, place]) => bytesOf(place), gpu.room).map((named) => copied(gpu, named));
  try {
    return Object.assign({}, ...(await Promise.all(pieces.map((piece) => valuesOf(gpu, piece)))));
  } finally {
    for (const { staging } of pieces) staging.destroy();
  }
}

type Piece = ReturnType<typeof copied>;

function copied(gpu: Gpu, named: readonly (readonly [string, Place])[]) {
  let total = 0;
  const parts = named.map(([name, place]) => {
    const part = { name, place, offset: total, bytes: bytesOf(place) };
    total += part.bytes;
    return part;
  });
  const staging = gpu.buffer('read', total, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  const encoder = gpu.device.createCommandEncoder();
  for (const { place, offset, bytes } of parts)
    if (bytes > 0) encoder.copyBufferToBuffer(place.buffer, place.offset, staging, offset, bytes);
  gpu.device.queue.submit([encoder.finish()]);
  return { staging, parts };
}

async function valuesOf(gpu: Gpu, { staging, parts }: Piece): Promise<Record<string, Values>> {
  await gpu.orLost(staging.mapAsync(GPUMapMode.READ));
  const mapped = staging.getMappedRange();
  return Object.fromEntries(
    parts.map(({ name, place, offset, bytes }) => {
      const Kind = place.values.dtype === 'int32' ? Int32Array : Float32Array;
      return [name, { shape: place.values.shape, data: new Kind(mapped, offset, bytes / 4).slice() }];
    }),
  );
}
