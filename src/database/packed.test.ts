import { expect, it } from 'vitest';
import { pack, unpack } from './packed';
import { tarContent, tarEntry, tarHeader } from './tar';

it('records come back as they were, numbers that JSON does not know and arrays included', () => {
  const view = new Float32Array([0, 1.5, Number.NaN, -0, 9]).subarray(1, 4);
  const record = {
    name: 'Möwen “$”',
    labels: JSON.parse('{"__proto__": 3, "$": 4, "constructor": 5}'),
    numbers: [1 / 3, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324],
    nothing: null,
    bytes: Uint8Array.of(1, 2, 255).buffer,
    view,
    ends: Uint32Array.of(2 ** 32 - 1),
    ids: Int32Array.of(-1),
    empty: new ArrayBuffer(0),
  };
  expect(unpack(pack([record, 2]))).toStrictEqual([{ ...record, view: view.slice() }, 2]);
});

it('a file stands in an archive as tar lays it down', () => {
  const content = Uint8Array.from({ length: 700 }, (_, i) => i);
  const entry = tarEntry('pixels/000000008', content);
  expect(entry.length).toBe(512 + 1024);
  const found = tarHeader(entry.subarray(0, 512), 1024);
  expect(found).toEqual({ name: 'pixels/000000008', from: 1024, to: 1024 + 1536, size: 700 });
  expect(tarContent(entry, 700)).toEqual(content);
  // All but the end of the sum itself.
  for (let at = 0; at < 512; at += 7) {
    if (at >= 154 && at < 156) continue;
    const damaged = entry.slice(0, 512);
    damaged[at] ^= 16;
    expect(tarHeader(damaged, 0)).toBe(null);
  }
});
