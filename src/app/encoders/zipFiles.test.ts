import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipFiles } from './zipFiles';

test('an unzipper gets back every file, the empty one and one of several slices', async () => {
  const files = {
    'empty.csv': new Uint8Array(0),
    'loss.csv': new TextEncoder().encode('step,loss\r\n1,2.5\r\n'),
    'model.safetensors': Uint8Array.from({ length: 9 * 2 ** 20 + 5 }, (_, i) => i * 7),
  };
  const blob = await zipFiles(Object.entries(files).map(([name, bytes]) => [name, new Blob([bytes])] as const));
  const back = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  expect(Object.keys(back)).toEqual(Object.keys(files));
  for (const [name, content] of Object.entries(files)) expect(Buffer.compare(back[name], content)).toBe(0);
});
