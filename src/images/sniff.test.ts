import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sniff } from './sniff';

const files = unzipSync(readFileSync(new URL('../../e2e/data/malformed.zip', import.meta.url)));
const manifest = strFromU8(files['manifest.csv']);

const text = (value: string): number[] => [...new TextEncoder().encode(value)];
const big = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little = (value: number): number[] => big(value).reverse();
/** A box of ISO base media files: length, name, content. */
const box = (name: string, ...content: number[]): number[] => [...big(content.length + 8), ...text(name), ...content];
const reason = (...bytes: number[]): string => {
  try {
    sniff(Uint8Array.from(bytes));
  } catch (cause) {
    return (cause as Error).message;
  }
  return 'taken';
};

/** An AVIF file up to its properties: sizes of a tile and of the whole, and more boxes beside them. */
const avif = (brand: string, ...more: number[]): Uint8Array => {
  const size = (width: number, height: number): number[] => box('ispe', 0, 0, 0, 0, ...big(width), ...big(height));
  const properties = box('iprp', ...box('ipco', ...size(512, 512), ...size(1200, 900), ...more));
  const file = box('ftyp', ...text(brand), 0, 0, 0, 0, ...text('mif1'), ...text('miaf'));
  return Uint8Array.from([...file, ...box('meta', 0, 0, 0, 0, ...box('hdlr', 0, 0), ...properties)]);
};

describe('headers of real files', () => {
  it('give the size of every good one, as stored', () => {
    for (const [name, width, height] of [
      ['no-extension', 64, 48],
      ['png-named.jpg', 64, 48],
      ['webp-named.png', 64, 48],
      ['animated.gif', 64, 48],
      ['go-video-001.bmp', 150, 103],
      ['go-yellow_rose.lossy-with-alpha.webp', 400, 301],
      ['progressive.jpg', 400, 300],
      ['icon.ico', 32, 32],
      ['thin-3000x1.png', 3000, 1],
    ] as const)
      expect(sniff(files[name]), name).toMatchObject({ width, height });
    expect(sniff(files['exif-orientation-6.jpg'])).toMatchObject({ width: 48, height: 64, orientation: 6 });
  });

  it('refuse every bomb before it is decoded', () => {
    const bombs = [...manifest.matchAll(/^([^,\n]+),reject,.*by header.*$/gm)].map(([, name]) => name);
    expect(bombs.length).toBe(7);
    for (const name of bombs) expect(() => sniff(files[name]), name).toThrow(/megapixels; the limit is 64/);
  });

  it('survive being cut anywhere: a size, or a reason', () => {
    for (const [name, bytes] of Object.entries(files))
      for (let length = 0; length < Math.min(bytes.length, 400); length++) {
        const said = reason(...bytes.subarray(0, length));
        expect(said, `${name} cut to ${length}`).toMatch(/^taken$|^[A-Z].*\.$/);
      }
  });
});

describe('headers of made files', () => {
  it('give the whole size of an AVIF made of tiles, and say when only the decoder knows its turn', () => {
    expect(sniff(avif('avif'))).toMatchObject({ kind: 'avif', width: 1200, height: 900, orientation: 1 });
    expect(sniff(avif('avif', ...box('irot', 1)))).toMatchObject({ orientation: 0 });
    expect(sniff(avif('avif', ...box('auxC', 0)))).toMatchObject({ opaque: false });
  });

  it('give the size of old and upside-down BMPs', () => {
    const file = [...text('BM'), ...Array<number>(12).fill(0)];
    expect(sniff(Uint8Array.from([...file, ...little(12), 7, 0, 9, 0, 1, 0, 24, 0]))).toMatchObject({
      width: 7,
      height: 9,
    });
    const down = [...file, ...little(40), ...little(30), ...little(-20), 1, 0, 32, 0, ...Array<number>(24).fill(0)];
    expect(sniff(Uint8Array.from(down))).toMatchObject({ width: 30, height: 20, opaque: false });
  });

  it('count the largest picture in an icon, whatever its directory says', () => {
    const png = [...files['bomb-8200x8200-1bit.png'].subarray(0, 64)];
    const icon = [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, ...little(png.length), ...little(22), ...png];
    expect(reason(...icon)).toMatch(/8,200 x 8,200 pixels/);
  });
});

describe('what is no picture', () => {
  it.each([
    ['a HEIC picture', [...box('ftyp', ...text('heic'), 0, 0, 0, 0, ...text('mif1'))]],
    ['a video', [...box('ftyp', ...text('isom'), 0, 0, 0, 0)]],
    ['a TIFF or camera raw file', [...text('II*'), 0, 8, 0]],
    ['an SVG drawing', text('<?xml version="1.0"?>\n<svg xmlns="x">')],
    ['a web page', text('  <!DOCTYPE html><p>')],
    ['text', text('name,label\n1,2\n')],
    ['a ZIP archive', [0x50, 0x4b, 3, 4]],
    ['a PDF document', text('%PDF-1.7')],
    ['not a picture of a known kind', [1, 2, 3, 4, 5, 6, 7, 8]],
  ])('is called what it is: %s', (name, bytes) => {
    expect(reason(...bytes)).toContain(name);
  });

  it('is nothing at all', () => {
    expect(reason()).toBe('The file is empty.');
  });
});
