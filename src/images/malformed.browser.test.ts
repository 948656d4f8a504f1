import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import archive from '../../e2e/data/malformed.zip?url';
import { Fault } from '../core/fault';
import { type Picture, type Turn, takePicture } from './picture';

const SIDE = 120;

interface Line {
  file: string;
  expected: string;
  why: string;
  width: number;
  height: number;
}

/** The manifest's lines: fields with commas are in quotes, quotes doubled. */
function lines(text: string): Line[] {
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare,
      );
      const [file, expected, why, width, height] = fields;
      return { file, expected, why, width: Number(width), height: Number(height) };
    });
}

let files: Record<string, Uint8Array<ArrayBuffer>>;
let manifest: Line[];

beforeAll(async () => {
  files = unzipSync(new Uint8Array(await (await fetch(archive)).arrayBuffer())) as typeof files;
  manifest = lines(strFromU8(files['manifest.csv']));
});

const take = (file: string): Promise<Picture | null> => takePicture(files[file], SIDE, undefined, (_, work) => work());

/** The picture's pixels as the browser itself draws them: [height, width, 4]. */
async function drawn(bytes: BlobPart, width: number, height: number): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height).data;
}

/** Mean absolute difference of the stored square and what the browser draws. */
async function difference(picture: Picture, file: string): Promise<number> {
  const scale = SIDE / Math.min(picture.width, picture.height);
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const all = await drawn(files[file], width, height);
  const [left, top] = [Math.floor((width - SIDE) / 2), Math.floor((height - SIDE) / 2)];
  let sum = 0;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      for (let c = 0; c < 3; c++)
        sum += Math.abs(picture.pixels[(y * SIDE + x) * 3 + c] - all[((y + top) * width + x + left) * 4 + c]);
  return sum / (SIDE * SIDE * 3);
}

describe('every file of malformed.zip', () => {
  it('is taken in or refused as the manifest says, with the size as shown', async () => {
    expect(manifest.length).toBe(80);
    for (const { file, expected, why, width, height } of manifest) {
      const outcome = await take(file).catch((cause: unknown) => cause);
      if (expected === 'reject') {
        expect(outcome, `${file}: ${why}`).toBeInstanceOf(Fault);
        expect((outcome as Fault).message, file).toMatch(/^[A-Z].*[.]$/);
        if (why.includes('reject by header')) expect((outcome as Fault).message, file).toMatch(/limit is 64/);
        continue;
      }
      expect(outcome, `${file}: ${why}`).toMatchObject({ width, height });
      const picture = outcome as Picture;
      expect(picture.pixels.length).toBe(SIDE * SIDE * 3);
      const thumbnail = await createImageBitmap(new Blob([picture.thumbnail], { type: picture.thumbnailType }));
      expect(Math.max(thumbnail.width, thumbnail.height), file).toBe(Math.min(320, Math.max(width, height)));
      const shape = thumbnail.width / thumbnail.height / (width / height);
      if (Math.min(width, height) > 20) expect(shape, file).toBeCloseTo(1, 1);
    }
  });

  it('comes out the same where the browser has no ImageDecoder', async () => {
    vi.stubGlobal('ImageDecoder', undefined);
    try {
      for (const { file, expected, width, height } of manifest) {
        const outcome = await take(file).catch((cause: unknown) => cause);
        if (expected === 'reject') expect(outcome, file).toBeInstanceOf(Fault);
        else expect(outcome, file).toMatchObject({ width, height });
        if (expected === 'ok' && Math.max(width, height) < 2000)
          expect(await difference(outcome as Picture, file), file).toBeLessThan(3);
      }
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('looks as the browser shows it', async () => {
    for (const { file, expected, width, height } of manifest) {
      // The thin ones would be drawn on a canvas of 360,000 pixels.
      if (expected === 'reject' || Math.max(width, height) > 2000) continue;
      const picture = (await take(file)) as Picture;
      expect(await difference(picture, file), file).toBeLessThan(3);
    }
  });
});

it('a damaged file is refused for its damage, wherever it was cut off or changed', async () => {
  for (const file of ['animated.gif', 'palette-transparent.gif', 'grey.png']) {
    const whole = files[file];
    for (let at = 6; at < whole.length; at += 7) {
      const cut = whole.slice(0, at);
      const flipped = Uint8Array.from(whole, (byte, i) => (i === at ? byte ^ 0xff : byte));
      for (const bytes of [cut, flipped]) {
        const outcome = await takePicture(bytes, SIDE, undefined, (_, work) => work()).catch((cause: unknown) => cause);
        if (outcome instanceof Error) expect(outcome, `${file}, byte ${at}`).toBeInstanceOf(Fault);
      }
    }
  }
});

describe('a picture', () => {
  const pixel = ({ pixels }: Picture, x: number, y: number): number[] => {
    const at = (Math.round(y * (SIDE - 1)) * SIDE + Math.round(x * (SIDE - 1))) * 3;
    return [...pixels.subarray(at, at + 3)];
  };
  const near = (found: number[], wanted: number[]): void =>
    found.forEach((value, i) => {
      expect(Math.abs(value - wanted[i])).toBeLessThan(40);
    });

  it('is upright whatever its EXIF orientation, and so is its thumbnail', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const picture = (await take(`exif-orientation-${orientation}.jpg`)) as Picture;
      near(pixel(picture, 0, 0), [255, 0, 0]);
      near(pixel(picture, 1, 0), [0, 255, 0]);
      near(pixel(picture, 0, 1), [0, 0, 255]);
      near(pixel(picture, 1, 1), [255, 255, 0]);
      const shown = await drawn(picture.thumbnail, 64, 48);
      near([...shown.subarray(0, 3)], [255, 0, 0]);
      near([...shown.subarray(63 * 4, 63 * 4 + 3)], [0, 255, 0]);
    }
  });

  it('is white where it is transparent', async () => {
    const picture = (await take('fully-transparent.png')) as Picture;
    expect(new Set(picture.pixels)).toEqual(new Set([255]));
    expect([...(await drawn(picture.thumbnail, 64, 48)).subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  });

  it('is the first frame of an animation', async () => {
    for (const file of ['animated.gif', 'animated.webp']) {
      const picture = (await take(file)) as Picture;
      near(pixel(picture, 0.5, 0.5), [255, 0, 0]);
      // Its thumbnail stands still.
      expect(picture.thumbnailType).toBe('image/jpeg');
    }
  });

  it('is not decoded again when it has the known hash', async () => {
    const { sha256 } = (await take('no-extension')) as Picture;
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await takePicture(files['no-extension'], SIDE, sha256, (_, work) => work())).toBe(null);
    expect(await takePicture(files['alpha.png'], SIDE, sha256, (_, work) => work())).not.toBe(null);
  });

  it('waits for its turn, which knows its size', async () => {
    const sizes: number[] = [];
    const turn: Turn = ({ width, height }, work) => {
      sizes.push(width * height);
      return work();
    };
    await takePicture(files['large-6000x4000-1bit.png'], SIDE, undefined, turn);
    await takePicture(files['grey.png'], SIDE, undefined, turn);
    const { width, height } = manifest.find(({ file }) => file === 'grey.png') as Line;
    expect(sizes).toEqual([24e6, width * height]);
  });
});
