import { expect, test } from 'vitest';
import { exifWords, readExif } from './exif';

test('camera, exposure and date are words, without a maker said twice', () => {
  const tags = { 271: 'Canon', 272: 'Canon EOS 80D', 33434: 0.008, 33437: 2.8, 34855: 400, 37386: 50 };
  expect(exifWords({ ...tags, 36867: '2021:06:05 12:30:10' })).toEqual({
    taken: 'Jun 5, 2021, 12:30 PM',
    camera: 'Canon EOS 80D',
    exposure: '1/125 s · f/2.8 · ISO 400 · 50 mm',
  });
  expect(exifWords({ 271: 'FUJIFILM\0', 272: 'X-T3', 33434: 2.5 })).toEqual({
    camera: 'FUJIFILM X-T3',
    exposure: '2.5 s',
  });
});

test('what is not there or makes no sense is left out', async () => {
  expect(exifWords({ 33434: 0, 33437: Number.NaN, 36867: '0000:00:00 00:00:00', 272: 7 })).toEqual({});
  expect(await readExif(new Blob(['no picture']))).toEqual({});
});

/** A JPEG file whose only content is EXIF: little-endian, one directory, with a model and where it was taken. */
function jpegWithExif(): Blob {
  const tiff = new DataView(new ArrayBuffer(80));
  const text = (at: number, words: string): void => {
    for (const [i, one] of [...words].entries()) tiff.setUint8(at + i, one.charCodeAt(0));
  };
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    tiff.setUint16(at, tag, true);
    tiff.setUint16(at + 2, type, true);
    tiff.setUint32(at + 4, count, true);
    tiff.setUint32(at + 8, value, true);
  };
  text(0, 'II');
  tiff.setUint16(2, 42, true);
  tiff.setUint32(4, 8, true);
  tiff.setUint16(8, 2, true);
  entry(10, 0x0110, 2, 8, 56);
  entry(22, 0x8825, 4, 1, 38);
  text(56, 'Pixel 7\0');
  const head = new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 88, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  return new Blob([head, tiff.buffer, new Uint8Array([0xff, 0xd9])]);
}

test('the library reads a file, and nothing of where it was taken', async () => {
  expect(await readExif(jpegWithExif())).toEqual({ camera: 'Pixel 7' });
});
