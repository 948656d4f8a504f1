import { decimals, wholePercent } from '../../../src/core/amounts';
import { Fault } from '../../../src/core/fault';
import type { DimensionSummary, DimensionsReport, Firing } from '../../../src/core/interpretation';
import { folderColumn, type LabelColumn } from '../../../src/core/labels/column';
import { hasPlaces, pooledBackbone } from '../../../src/core/representation';
import { readSetAside } from '../../../src/database/datasets';
import { loadEmbeddings } from '../../../src/database/embeddings';
import { readPaths, readSizes } from '../../../src/database/images';
import { readLabels } from '../../../src/database/labels';
import { readRun } from '../../../src/database/runs';
import { type Bias, biasReport, type Property } from '../../../src/evaluate/interpretation/bias';
import {
  type InterpretedDimension,
  interpretDimensions,
  type Relation,
} from '../../../src/evaluate/interpretation/dimensions';
import { pictureProperties } from '../../../src/evaluate/interpretation/picture_properties';
import { firing } from '../../../src/evaluate/interpretation/why_similar';
import { scaleOf } from '../../../src/evaluate/linear/standardise';
import { shownRows } from '../../../src/evaluate/shown';
import type { PixelSource } from '../../../src/learn/source';
import type { InterpretationRequest } from '../../../src/protocol/interpretation';
import type { Context } from '../context';
import type { Task } from '../task';
import { heatMaps, placedMaps } from './heat';
import { openWhose } from './represented';
import { keptTogether } from './together';

/** Of some pictures brightness, colour, sharpness of the pixels; sizes of the pictures and of their files, as orders of magnitude. */
async function propertiesOf(
  context: Context,
  task: Task,
  dataset: string,
  source: PixelSource,
  numbers: Int32Array,
): Promise<Property[]> {
  const names = ['brightness', 'saturation', 'sharpness'] as const;
  const table = await task.inParts(
    [...numbers],
    names.length,
    'Looking at brightness, colour, sharpness',
    async (part) => {
      const found = pictureProperties(await source.read(part), part.length, source.side);
      return Float32Array.from({ length: part.length * 3 }, (_, at) => found[names[at % 3]][Math.floor(at / 3)]);
    },
  );
  const all = await readSizes(context.db, dataset);
  const sizes = Array.from(numbers, (row) => all[row]);
  return [
    ...names.map((name, i) => ({ name, values: Float64Array.from(numbers, (_, at) => table[at * 3 + i]) })),
    { name: 'size in pixels', values: Float64Array.from(sizes, ({ width, height }) => Math.log(1 + width * height)) },
    {
      name: 'shape (wide or high)',
      values: Float64Array.from(sizes, ({ width, height }) => Math.log((1 + width) / (1 + height))),
    },
    { name: 'file size', values: Float64Array.from(sizes, ({ fileBytes }) => Math.log(1 + fileBytes)) },
  ];
}

function relationWords(relation: Relation): string {
  if (relation.kind === 'class') return `${relation.column} explains ${wholePercent(relation.etaSquared)} of it`;
  return `correlation with ${relation.column} ${decimals(relation.spearman, 2)}`;
}

/** The property that a dimension follows most closely. */
function followed(biases: readonly Bias[], dimension: number): DimensionSummary['follows'] {
  const strongest = biases.reduce((best, bias) =>
    Math.abs(bias.correlations[dimension]) > Math.abs(best.correlations[dimension]) ? bias : best,
  );
  return { name: strongest.name, correlation: strongest.correlations[dimension] };
}

const summary = (
  { dimension, highest, lowest, relations }: InterpretedDimension,
  deviation: number,
  biases: readonly Bias[],
): DimensionSummary => ({
  dimension,
  deviation,
  highest: [...highest],
  lowest: [...lowest],
  relations: relations.map(relationWords),
  follows: followed(biases, dimension),
});

/** Says of every dimension of the stored embedding what it may stand for, by what it embeds and is not set aside. */
export async function dimensionsReportOf(
  context: Context,
  task: Task,
  { whose }: InterpretationRequest<'dimensions'>,
): Promise<DimensionsReport> {
  const { dataset, run } = whose;
  const table = await loadEmbeddings(context.db, dataset, run ?? 'untrained');
  if (!table) throw new Fault('data', 'There is no embedding yet.', 'Wait until the pictures are embedded.');
  const source = await context.source(dataset, whose.side);
  const hidden = (await readSetAside(context.db, dataset)).filter((row) => row < table.count);
  const { numbers, made: rows } = shownRows(table, new Set(hidden));
  if (numbers.length < 2)
    throw new Fault('data', 'Fewer than two pictures are embedded and not set aside.', 'Restore some of them.');
  const properties = await propertiesOf(context, task, dataset, source, numbers);
  const units = await keptTogether(context, task, dataset, numbers);
  const bias = biasReport(rows, properties, { units });
  const { biases, protocol } = await task.finish(bias, 'Comparing with the embedding');
  const paths = await readPaths(context.db, dataset);
  const folders = folderColumn(paths.map(({ label }) => label));
  const columns = [...(folders ? [folders] : []), ...(await readLabels(context.db, dataset))].map(
    (column) => ({ ...column, values: Array.from(numbers, (row) => column.values[row] ?? null) }) as LabelColumn,
  );
  const interpreted = await task.finish(interpretDimensions(rows, columns), 'Interpreting the dimensions');
  const shown = (one: InterpretedDimension): InterpretedDimension => ({
    ...one,
    highest: one.highest.map((place) => numbers[place]),
    lowest: one.lowest.map((place) => numbers[place]),
  });
  const { deviation } = scaleOf(rows);
  const stored = run === null ? undefined : await readRun(context.db, run);
  const representation = stored?.representation ?? pooledBackbone(whose.encoder.backbone);
  return {
    run,
    about: table.about,
    biases: biases.map(({ correlations: _, ...bias }) => bias),
    protocol,
    dimensions: interpreted.map((one) => summary(shown(one), deviation[one.dimension], biases)),
    places: hasPlaces(representation),
  };
}

/** Where a dimension fires in some pictures. */
export async function firingOf(
  context: Context,
  task: Task,
  { whose, dimension, rows }: InterpretationRequest<'firing'>,
): Promise<Firing> {
  const opened = await openWhose(context, whose, 'firing');
  try {
    const maps = await placedMaps(context, task, opened, rows);
    const direction = new Float64Array(maps[0].dim);
    direction[dimension] = 1;
    const heat = await heatMaps(
      opened,
      rows,
      maps[0],
      maps.map((map) => firing(map, direction)),
    );
    return { ...heat, run: whose.run, dimension };
  } finally {
    opened.encoder.dispose();
  }
}
