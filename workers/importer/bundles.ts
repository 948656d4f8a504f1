import type { Outcome } from '../../src/protocol/decoding';
import type { Opened } from './opened';
import type { DecoderPool } from './pool';

/** Small files that one decoder gets together: a message for each would cost more than it saves. */
const BUNDLE = 16;

type Known = (path: string) => string | undefined;

/**
 * Has files decoded, small ones whose bytes are here several by one decoder, each other for itself.
 * @param known hash of the picture that is in under a path
 * @returns the outcome of each; rejects as the pool does
 */
export function decodeAll(
  pool: DecoderPool,
  opened: readonly Opened[],
  side: number,
  known: Known,
): Promise<Outcome>[] {
  const bundles: Opened[][] = [];
  let open: Opened[] = [];
  for (const one of opened) {
    if (one.bytes && open.length > 0 && open.length < BUNDLE) open.push(one);
    else {
      const bundle = [one];
      if (one.bytes) open = bundle;
      bundles.push(bundle);
    }
  }
  const outcomes = new Map<Opened, Promise<Outcome>>();
  for (const bundle of bundles) {
    const decoding = decodeTogether(pool, bundle, side, known);
    bundle.forEach((one, i) => {
      outcomes.set(
        one,
        decoding.then((all) => all[i]),
      );
    });
  }
  return opened.map((one) => outcomes.get(one) as Promise<Outcome>);
}

function decodeTogether(pool: DecoderPool, bundle: readonly Opened[], side: number, known: Known): Promise<Outcome[]> {
  const bytes = new Uint8Array(bundle.reduce((sum, one) => sum + (one.bytes?.byteLength ?? 0), 0));
  let from = 0;
  const files = bundle.map(({ path, file, bytes: own }) => {
    const place = own && { from, size: own.byteLength };
    if (own) bytes.set(own, from);
    from += own?.byteLength ?? 0;
    return { file: file as File, place, known: known(path) };
  });
  return pool.decode({ files, bytes: bytes.buffer, side });
}
