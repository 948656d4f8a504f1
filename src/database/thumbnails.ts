import { checksum } from '../core/checksum';
import type { Image } from '../core/records';
import { ROWS } from './rows';
import type { ThumbnailShard } from './schema';

type Thumbnail = Pick<Image, 'thumbnail' | 'thumbnailType' | 'thumbnailDamaged'>;

/** What stands for a thumbnail that is lost. */
const LOST: Thumbnail = { thumbnail: new ArrayBuffer(0), thumbnailType: 'image/png', thumbnailDamaged: true };

/** The records of some rows that follow each other. */
export function packThumbnails(images: readonly Image[]): ThumbnailShard[] {
  const shards: ThumbnailShard[] = [];
  for (let from = 0; from < images.length; from += ROWS) shards.push(packed(images.slice(from, from + ROWS)));
  return shards;
}

function packed(images: readonly Image[]): ThumbnailShard {
  const [{ dataset, row: first }] = images;
  const ends = new Uint32Array(images.length);
  const checks = new Uint32Array(images.length);
  const bytes = new Uint8Array(images.reduce((sum, { thumbnail }) => sum + thumbnail.byteLength, 0));
  let at = 0;
  images.forEach(({ thumbnail }, i) => {
    const own = new Uint8Array(thumbnail);
    checks[i] = checksum(own);
    bytes.set(own, at);
    at += own.byteLength;
    ends[i] = at;
  });
  const types = images.map(({ thumbnailType }) => thumbnailType);
  return { dataset, first, types, ends, checks, bytes: bytes.buffer };
}

/** The thumbnail of a row out of the records that may hold it. */
export function thumbnailOf(row: number, shards: readonly ThumbnailShard[]): Thumbnail {
  const shard = shards.find(({ first, types }) => row >= first && row < first + types.length);
  if (!shard) return LOST;
  const i = row - shard.first;
  const thumbnail = shard.bytes.slice(i === 0 ? 0 : shard.ends[i - 1], shard.ends[i]);
  if (thumbnail.byteLength === 0 || checksum(new Uint8Array(thumbnail)) !== shard.checks[i]) return LOST;
  return { thumbnail, thumbnailType: shard.types[i] };
}

const partsOf = ({ types, ends, bytes }: ThumbnailShard): Uint8Array[] =>
  types.map((_, i) => new Uint8Array(bytes, i === 0 ? 0 : ends[i - 1], ends[i] - (i === 0 ? 0 : ends[i - 1])));

/** Bytes that the thumbnails of some rows take in a record. */
export const thumbnailBytes = (shard: ThumbnailShard, rows: ReadonlySet<number>): number =>
  partsOf(shard).reduce((sum, { byteLength }, i) => sum + (rows.has(shard.first + i) ? byteLength : 0), 0);

/** A record without the thumbnails of some rows. */
export function withoutThumbnails(shard: ThumbnailShard, gone: ReadonlySet<number>): ThumbnailShard {
  const left = partsOf(shard).map((part, i) => (gone.has(shard.first + i) ? new Uint8Array() : part));
  const ends = new Uint32Array(left.length);
  const bytes = new Uint8Array(left.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const [i, part] of left.entries()) {
    bytes.set(part, at);
    at += part.byteLength;
    ends[i] = at;
  }
  return { ...shard, ends, bytes: bytes.buffer };
}
