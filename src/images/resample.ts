import { toPixels } from './colours';
import { createKernels, type Kernels } from './kernel';
import { type FilterName, resizeTaps, type Taps } from './taps';
import type { Source, Window } from './window';

/** Bytes that may be read or written past the end of anything. */
const SLACK = 64;
/** A size of picture takes eight: down and across, of luma and chroma, for the square and the thumbnail. */
const KEPT_TAPS = 512;

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;
const asBytes = (array: Int16Array | Int32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** First places counted from `begin`, as many as a multiple of four: the last ones' sums are not used. */
function quadruple(first: Int32Array, begin: number): Int32Array {
  const padded = new Int32Array(Math.ceil(first.length / 4) * 4);
  first.forEach((place, i) => {
    padded[i] = place - begin;
  });
  return padded;
}

/**
 * Antialiased resizing of bytes, as PIL does it: rows first, then columns, each rounded to bytes. One place of
 * memory is used again and again: a picture is loaded, resized into planes one after the other, and these are taken out.
 */
export class Resampler {
  private readonly kernel: Kernels = createKernels();
  private readonly taps = new Map<string, Taps>();
  /** Where the loaded bytes end, and the planes made of them. */
  private loaded = 0;
  private planes: { at: number; area: number }[] = [];
  private free = 0;

  /** Takes the bytes of a picture in, for the calls of `resize` that follow. */
  load(bytes: Uint8Array): void {
    this.reserve(bytes.byteLength);
    this.bytes(0, bytes.byteLength).set(bytes);
    this.loaded = bytes.byteLength;
    this.clear();
  }

  /** Resizes a source of what was loaded: the first three of its channels become planes [window.rows, window.columns]. */
  resize(source: Source, window: Window, filter: FilterName): void {
    const { channels, stride } = source;
    const down = this.tapsFor(filter, source.height, source.rows, window.height, window.top, window.rows, 2);
    const across = this.tapsFor(filter, source.width, source.columns, window.width, window.left, window.columns, 8);
    // Only the columns that the window reads: a centre crop of a wide picture leaves much of it alone.
    const begin = across.first[0];
    const end = Math.min(source.columns, across.first[window.columns - 1] + across.length);
    const made = Math.min(3, channels);
    const area = window.columns * window.rows;
    // Rows of whole groups of eight pixels, so that all rows can be separated in one go.
    const lineStride = aligned(end - begin + SLACK);
    const midStride = lineStride * channels;
    const out = this.free;
    const mid = aligned(out + made * aligned(area + SLACK));
    const line = channels === 1 ? mid : aligned(mid + midStride * window.rows + SLACK);
    const tables = aligned(line + lineStride * window.rows + SLACK);
    const quads = Math.ceil(window.columns / 4);
    const tableBytes = 4 * (window.rows + 4 * quads) + 2 * (down.weights.length + across.weights.length);
    // A row of weight zero may lie past the last one.
    this.reserve(Math.max(tables + tableBytes + 16 * SLACK, this.loaded + stride + SLACK));
    const offsets = this.put(
      tables,
      down.first.map((first) => first * stride),
    );
    const rowWeights = this.put(offsets.end, down.weights);
    const firsts = this.put(rowWeights.end, quadruple(across.first, begin));
    const columnWeights = this.put(firsts.end, across.weights);
    const count = Math.ceil(((end - begin) * channels) / 8);
    const from = source.offset + begin * channels;
    const { blendRows, blendColumns, separate } = this.kernel;
    blendRows(from, stride, offsets.at, rowWeights.at, down.length / 2, mid, midStride, count, window.rows);
    for (let channel = 0; channel < made; channel++) {
      if (channels > 1) separate(channels, channel, mid, line, lineStride * window.rows);
      const at = out + channel * aligned(area + SLACK);
      const groups = across.length / 8;
      blendColumns(line, lineStride, firsts.at, columnWeights.at, groups, at, quads, window.columns, window.rows);
      this.planes.push({ at, area });
    }
    this.free = mid;
  }

  /** The three planes made since `load`, as pixels [area, 3] of red, green and blue. */
  takePixels(colours: 'rgb' | 'full' | 'limited'): Uint8Array {
    const planes = this.planes.map(({ at, area }) => this.bytes(at, area));
    const pixels = colours === 'rgb' ? interleaved(planes) : toPixels(planes, colours);
    this.clear();
    return pixels;
  }

  private clear(): void {
    this.planes = [];
    this.free = aligned(this.loaded + SLACK);
  }

  private put(at: number, array: Int16Array | Int32Array): { at: number; end: number } {
    this.bytes(at, array.byteLength).set(asBytes(array));
    return { at, end: aligned(at + array.byteLength) };
  }

  private bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.kernel.memory.buffer, at, length);
  }

  private reserve(bytes: number): void {
    const { memory } = this.kernel;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  }

  private tapsFor(...resize: Parameters<typeof resizeTaps>): Taps {
    const key = resize.join(' ');
    const known = this.taps.get(key);
    if (known) return known;
    const taps = resizeTaps(...resize);
    if (this.taps.size >= KEPT_TAPS) this.taps.delete(this.taps.keys().next().value as string);
    this.taps.set(key, taps);
    return taps;
  }
}

function interleaved([red, green, blue]: readonly Uint8Array[]): Uint8Array {
  const pixels = new Uint8Array(3 * red.length);
  for (let i = 0, at = 0; i < red.length; i++, at += 3) {
    pixels[at] = red[i];
    pixels[at + 1] = green[i];
    pixels[at + 2] = blue[i];
  }
  return pixels;
}
