import { expect, test } from 'vitest';
import { ownLogo } from './own_logo';

/** A transparent PNG with a filled rectangle. */
async function png(width: number, height: number, [x, y, across, down]: number[]): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = 'rgb(200 10 20)';
  context.fillRect(x, y, across, down);
  return new File([await canvas.convertToBlob()], 'own.png');
}

test('a logo is what is seen of the picture: its margin is left out, its colours and proportions are kept', async () => {
  const { pixels, width, height } = await ownLogo(await png(120, 80, [10, 30, 60, 20]));
  expect([width, height]).toEqual([60, 20]);
  for (let at = 0; at < pixels.length; at += 4) expect([...pixels.subarray(at, at + 4)]).toEqual([200, 10, 20, 255]);
  const large = await ownLogo(await png(1024, 512, [0, 0, 1024, 512]));
  expect([large.width, large.height]).toEqual([256, 128]);
});

test.each([
  ['nothing to be seen', () => png(40, 40, [0, 0, 0, 0]), /^own\.png: Nothing is seen of this picture/],
  ['no picture', async () => new File(['file,kind\n'], 'kinds.png'), /^kinds\.png: /],
  ['nothing at all', async () => new File([], 'empty.png'), /^empty\.png: The file is empty\.$/],
  [
    'too many bytes',
    async () => new File([new Uint8Array(21e6)], 'large.png'),
    /^large\.png: The file has 21 MB; the limit is 20\.$/,
  ],
  [
    'cut off',
    async () => new File([(await (await png(64, 64, [0, 0, 9, 9])).arrayBuffer()).slice(0, 60)], 'half.png'),
    /^half\.png: The file is damaged or cut off/,
  ],
])('%s is one sentence that names the file', async (_, make, words) => {
  await expect(ownLogo(await make())).rejects.toMatchObject({
    name: 'Fault',
    message: expect.stringMatching(words),
    advice: expect.stringContaining('20 MB'),
  });
});
