import { Fault } from '../../core/fault';
import type { Query } from '../../core/query';
import type { OutsidePicture, QueryExample } from '../store/slices';
import { until } from '../store/until';
import type { Parts } from './parts';
import { whoseIs } from './whose';

/** What pictures from outside are embedded to, by encoder and its step. */
const kept = new WeakMap<Blob, Map<string, Float32Array>>();

/** A query of pictures of the data set alone, as the searcher takes it; null: it needs embeddings of others. */
export const rowsQuery = (query: readonly QueryExample[]): Query | null =>
  query.every((example) => 'rows' in example) ? query : null;

/** A query as the searcher takes it: pictures from outside are embedded by the encoder that searches. */
export const embeddedQuery = async (
  parts: Parts,
  encoder: string,
  query: readonly QueryExample[],
  signal?: AbortSignal,
): Promise<Query> =>
  Promise.all(
    query.map(async (example) => {
      if ('rows' in example) return example;
      const vector = await embedPicture(parts, encoder, example.outside, signal);
      return { vector, unlike: example.unlike };
    }),
  );

/** The thumbnail asked for last: the same blob again, so that it is embedded once. */
let thumbnail: { of: string; file: Blob; name: string } | null = null;

/** A picture that the encoder has not come to yet, as a query: by its thumbnail, as pictures from outside are. */
export async function thumbnailQuery(
  parts: Parts,
  encoder: string,
  dataset: string,
  row: number,
  signal?: AbortSignal,
): Promise<Query> {
  const of = `${dataset} ${row}`;
  if (thumbnail?.of !== of) {
    const [image] = await parts.reads.images(dataset, row, 1);
    thumbnail = { of, file: new Blob([image.thumbnail], { type: image.thumbnailType }), name: image.path };
  }
  return [{ vector: await embedPicture(parts, encoder, thumbnail, signal), unlike: false }];
}

/**
 * The embedding [dim] of a picture from outside by an encoder of the data set on the page; the one found before is kept.
 * @throws Fault that names the picture when it cannot be read
 */
export async function embedPicture(
  parts: Pick<Parts, 'store' | 'threads'>,
  encoder: string,
  { file, name }: Pick<OutsidePicture, 'file' | 'name'>,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { store, threads } = parts;
  await until(store, ({ device }) => device.report !== null);
  const state = store.getState();
  const known = kept.get(file) ?? new Map<string, Float32Array>();
  kept.set(file, known);
  const key = `${encoder} ${state.encoders.embedded.get(encoder)}`;
  const found = known.get(key);
  if (found) return found;
  const whose = whoseIs(state, encoder);
  if (!whose) throw new Fault('data', 'There are no pictures to compare it with.', 'Add pictures first.');
  try {
    const vector = await threads.trainer.call({ type: 'embed-picture', whose, picture: file }, { signal });
    known.set(key, vector);
    return vector;
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.kind !== 'picture') throw cause;
    throw new Fault(cause.kind, `${name}: ${cause.message}`, cause.advice);
  }
}
