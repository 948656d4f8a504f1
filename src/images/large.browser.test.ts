import { describe, expect, it } from 'vitest';
import { type Picture, takePicture } from './picture';

// Large pictures take other ways: JPEGs are decoded small, all else is averaged down in strips.

const [WIDTH, HEIGHT] = [2407, 1603];
const SIDE = 64;

/** A picture whose quarters are red, green, blue and yellow. */
async function quarters(type: string): Promise<Uint8Array<ArrayBuffer>> {
  const context = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d') as OffscreenCanvasRenderingContext2D;
  const [x, y] = [Math.floor(WIDTH / 2), Math.floor(HEIGHT / 2)];
  ['#f00', '#0f0', '#00f', '#ff0'].forEach((colour, i) => {
    context.fillStyle = colour;
    context.fillRect((i % 2) * x, Math.floor(i / 2) * y, x + 1, y + 1);
  });
  const blob = await context.canvas.convertToBlob({ type, quality: 0.9 });
  expect(blob.type).toBe(type);
  return new Uint8Array(await blob.arrayBuffer());
}

/** The JPEG with an EXIF segment that says its orientation. */
function oriented(jpeg: Uint8Array, orientation: number): Uint8Array<ArrayBuffer> {
  const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...jpeg.subarray(2)]);
}

const take = async (bytes: Uint8Array<ArrayBuffer>): Promise<Picture> =>
  (await takePicture(bytes, SIDE, undefined, (_, work) => work())) as Picture;

/** Colours of the centres of the four quarters. */
const seen = ({ pixels }: Picture): string[] =>
  [0, 1, 2, 3].map((quarter) => {
    const at = ((quarter < 2 ? 16 : 48) * SIDE + (quarter % 2 ? 48 : 16)) * 3;
    const [red, green, blue] = [...pixels.subarray(at, at + 3)].map((value) => Math.round(value / 255));
    return `${red}${green}${blue}`;
  });

describe('a large picture', () => {
  it.each(['image/jpeg', 'image/png', 'image/webp'])('of type %s comes out whole and in its own size', async (type) => {
    const picture = await take(await quarters(type));
    expect(picture).toMatchObject({ width: WIDTH, height: HEIGHT, thumbnailType: 'image/jpeg' });
    expect(seen(picture)).toEqual(['100', '010', '001', '110']);
    const thumbnail = await createImageBitmap(new Blob([picture.thumbnail]));
    expect([thumbnail.width, thumbnail.height]).toEqual([320, 213]);
  });

  it('is upright and in its shown size when its EXIF says so', async () => {
    const jpeg = await quarters('image/jpeg');
    const turned = await take(oriented(jpeg, 6));
    expect(turned).toMatchObject({ width: HEIGHT, height: WIDTH });
    expect(seen(turned)).toEqual(['001', '100', '110', '010']);
    const thumbnail = await createImageBitmap(new Blob([turned.thumbnail]));
    expect([thumbnail.width, thumbnail.height]).toEqual([213, 320]);
    expect(seen(await take(oriented(jpeg, 3)))).toEqual(['110', '001', '010', '100']);
  });
});
