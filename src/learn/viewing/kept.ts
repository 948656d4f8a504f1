import type { RunConfig } from '../../core/config';
import { Draws } from '../../core/random';
import type { Executor } from '../../engine/executor';
import { augmentBatch } from '../augment/views';
import type { Architecture } from '../backbones/architecture';
import type { Method, StepDraw } from '../methods/method';
import type { PixelSource } from '../source';
import { viewKeys } from './draws';
import { KeptMaps, type OnKept } from './kept_maps';
import type { Viewing } from './viewing';

/** Two different kept views for each picture of a step: of first views, and of second ones. */
export function drawKept(
  { seed, views }: Pick<RunConfig, 'seed' | 'views'>,
  { step, rows }: Pick<StepDraw, 'step' | 'rows'>,
): readonly [Int32Array, Int32Array] {
  const drawn = [new Int32Array(rows.length), new Int32Array(rows.length)] as const;
  rows.forEach((row, i) => {
    const draws = new Draws({ seed, purpose: 'kept view', step, image: row });
    drawn[0][i] = draws.integer(views);
    drawn[1][i] = (drawn[0][i] + 1 + draws.integer(views - 1)) % views;
  });
  return drawn;
}

/** Views are made once, before the first step, and the frozen stages see them once; steps are fed the maps of two of them. */
export async function openKeptViewing(
  executor: Executor,
  method: Method,
  encoder: Architecture,
  config: RunConfig,
  source: PixelSource,
): Promise<Viewing> {
  const executable = await executor.compile(method.program);
  let kept: KeptMaps | null = null;
  const rowsOf = (draw: StepDraw, view: 0 | 1): Int32Array => (view === 0 ? draw.rows : draw.others);
  return {
    executable,
    async prepare(told: OnKept) {
      kept = await KeptMaps.make(executor, encoder, config, source, told);
    },
    async feeds(draw) {
      if (!kept) throw new Error('viewing: asked for kept views before they were made');
      const maps = kept;
      const which = drawKept(config, draw);
      const inputs = Object.entries(method.views);
      return Object.fromEntries(inputs.map(([input, view]) => [input, maps.read(rowsOf(draw, view), which[view])]));
    },
    async views(draw) {
      const which = drawKept(config, draw);
      const made = async (view: 0 | 1): Promise<Float32Array> => {
        const rows = rowsOf(draw, view);
        const pixels = await source.read(rows);
        const size = source.side ** 2 * 3;
        const views = new Float32Array(rows.length * config.side ** 2 * 3);
        for (let i = 0; i < rows.length; i++) {
          const [key] = viewKeys({ views: { pictures: 0 } }, config.seed, which[view][i]);
          const picture = pixels.subarray(i * size, (i + 1) * size);
          const one = augmentBatch(picture, source.side, [rows[i]], key, config.side, config.augmentation);
          views.set(one, i * one.length);
        }
        return views;
      };
      return { query: await made(0), key: await made(1) };
    },
    dispose: () => executable.dispose(),
  };
}
