import type { HeatMaps } from '../../../src/core/interpretation';
import { hasPlaces, pooledBackbone, type Representation, stageOf } from '../../../src/core/representation';
import type { FeatureMap } from '../../../src/evaluate/interpretation/why_similar';
import { withAlpha } from '../../../src/images/pixels';
import type { Context } from '../context';
import type { Task } from '../task';
import { type Opened, reducedOf } from './represented';
import { croppedSource } from './sources';

/** The representation whose places are shown: the one in use, or where that has none the pooled backbone. */
export function placedRepresentation(opened: Opened): Representation {
  const { representation, run } = opened;
  if (hasPlaces(representation) || !run) return representation;
  return pooledBackbone(run.config.backbone);
}

/** Maps of pictures whose mean over positions is their embedding: a stage's, or its principal components position by position. */
export async function placedMaps(
  context: Context,
  task: Task,
  opened: Opened,
  rows: readonly number[],
): Promise<FeatureMap[]> {
  const representation = placedRepresentation(opened);
  const stage = stageOf(representation.layer) ?? opened.encoder.lastStage;
  const reduced = await reducedOf(context, task, { ...opened, representation });
  const maps = await opened.encoder.maps(rows, stage);
  return maps.map((map) => (reduced ? { ...map, dim: reduced.dim, values: reduced.apply(map.values) } : map));
}

/** Pictures as the encoder sees them, with a map each. */
export async function heatMaps(
  { encoder, side }: Opened,
  rows: readonly number[],
  { height, width }: Pick<FeatureMap, 'height' | 'width'>,
  maps: readonly ArrayLike<number>[],
): Promise<HeatMaps> {
  const values = new Float32Array(maps.length * height * width);
  for (const [i, map] of maps.entries()) values.set(map, i * height * width);
  const pictures = withAlpha(await croppedSource(encoder.source, side).read(rows));
  return { rows: [...rows], side, pictures, height, width, maps: values };
}
