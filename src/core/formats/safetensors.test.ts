import { describe, expect, it } from 'vitest';
import { Fault } from '../fault';
import { readSafetensors } from './safetensors';
import { writeSafetensors } from './write_safetensors';

/** A file of this header text and so many bytes of data, the header not padded. */
function file(header: string, data: number, length = BigInt(new TextEncoder().encode(header).length)): ArrayBuffer {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  bytes.set(json, 8);
  return bytes.buffer;
}

const header = (tensors: Record<string, object>) => JSON.stringify(tensors);
const tensor = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

function refusal(bytes: ArrayBuffer): string {
  try {
    readSafetensors(bytes);
  } catch (cause) {
    if (cause instanceof Fault && cause.kind === 'file') return cause.message;
    throw cause;
  }
  return 'taken';
}

describe('safetensors', () => {
  it('come back as they were written', () => {
    const written = writeSafetensors(
      {
        'conv1.weight': { shape: [2, 3], data: Float32Array.of(1, -2, 0.5, Number.NaN, Infinity, 1e-40) },
        scalar: { shape: [], data: Float32Array.of(7) },
        ids: { shape: [3], data: Int32Array.of(-1, 0, 2147483647) },
        none: { shape: [0, 4], data: new Float32Array(0) },
      },
      { config: '{"width": 16}', 'naïve ✓': '' },
    );
    const { metadata, tensors } = readSafetensors(written.buffer as ArrayBuffer);
    expect(metadata).toEqual({ config: '{"width": 16}', 'naïve ✓': '' });
    expect([...tensors.keys()]).toEqual(['conv1.weight', 'scalar', 'ids', 'none']);
    expect(tensors.get('conv1.weight')).toEqual({
      dtype: 'F32',
      shape: [2, 3],
      data: Float32Array.of(1, -2, 0.5, Number.NaN, Infinity, 1e-40),
    });
    expect(tensors.get('scalar')?.shape).toEqual([]);
    expect(tensors.get('ids')?.data).toEqual(Int32Array.of(-1, 0, 2147483647));
    expect(tensors.get('none')?.data.length).toBe(0);
  });

  it('are read in single precision where a file holds numbers of 16 bits, wherever its header ends', () => {
    const tensors = { h: tensor(0, 4, [2], 'F16'), b: tensor(4, 8, [2], 'BF16') };
    for (const text of [header(tensors), `${header(tensors)} `]) {
      const bytes = file(text, 8);
      // 1, -2 in binary16; 1, -2 in bfloat16.
      new Uint8Array(bytes).set([0x00, 0x3c, 0x00, 0xc0, 0x80, 0x3f, 0x00, 0xc0], bytes.byteLength - 8);
      const read = readSafetensors(bytes).tensors;
      for (const name of ['h', 'b'])
        expect(read.get(name)).toEqual({ dtype: 'F32', shape: [2], data: Float32Array.of(1, -2) });
    }
  });

  it('write only the window of an array that is a view of a larger one', () => {
    const window = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const { tensors } = readSafetensors(
      writeSafetensors({ w: { shape: [2], data: window } }, {}).buffer as ArrayBuffer,
    );
    expect([...tensors.get('w')!.data]).toEqual([2, 3]);
  });

  it('begin their data at a multiple of 8 bytes whatever the header', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde', 'é']) {
      const bytes = writeSafetensors({ [name]: { shape: [1], data: Float32Array.of(1) } }, {});
      expect((bytes.length - 4) % 8).toBe(0);
    }
  });

  it('read data that is not aligned', () => {
    const text = header({ bytes: tensor(0, 3, [3], 'U8'), floats: tensor(3, 11, [2]) });
    const bytes = file(text, 11);
    const at = bytes.byteLength - 11;
    new Uint8Array(bytes).set([1, 2, 3], at);
    new DataView(bytes).setFloat32(at + 3, 0.25, true);
    const { tensors } = readSafetensors(bytes);
    expect([...tensors.get('bytes')!.data]).toEqual([1, 2, 3]);
    expect([...tensors.get('floats')!.data]).toEqual([0.25, 0]);
  });

  const good = header({ a: tensor(0, 8) });
  const hostile: [string, ArrayBuffer, RegExp][] = [
    ['nothing', new ArrayBuffer(0), /0 bytes/],
    ['a header of 2^63 bytes', file(good, 8, 2n ** 63n), /header claims/],
    ['a header longer than the file', file(good, 8, 4096n), /ends before/],
    ['no UTF-8', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0xff).buffer, /UTF-8/],
    ['no JSON', file('{"a": ', 8), /not JSON/],
    ['a list', file('[]', 0), /not a JSON object/],
    ['null', file('null', 0), /not a JSON object/],
    ['a tensor named __proto__', file(`{"__proto__": ${JSON.stringify(tensor(0, 8))}}`, 8), /__proto__/],
    ['metadata named __proto__', file('{"__metadata__": {"__proto__": "x"}}', 0), /__proto__/],
    ['metadata that is a number', file('{"__metadata__": {"a": 1}}', 0), /not a text/],
    ['a tensor that is a number', file('{"a": 1}', 0), /"a" is not described/],
    ['an unknown type', file(header({ a: tensor(0, 8, [1], 'F64') }), 8), /"a" has type "F64"/],
    ['a type from the prototype', file(header({ a: tensor(0, 8, [1], 'constructor') }), 8), /"a" has type/],
    ['a negative axis', file(header({ a: tensor(0, 8, [-2]) }), 8), /"a" has a shape/],
    ['half an axis', file(header({ a: tensor(0, 8, [2.5]) }), 8), /"a" has a shape/],
    ['an axis in words', file(header({ a: tensor(0, 8, ['2']) }), 8), /"a" has a shape/],
    ['a hundred axes', file(header({ a: tensor(0, 8, Array(100).fill(1)) }), 8), /"a" has a shape/],
    ['axes that overflow', file(header({ a: tensor(0, 8, [2 ** 52, 2 ** 52]) }), 8), /"a" of shape/],
    ['one offset', file(header({ a: { dtype: 'F32', shape: [2], data_offsets: [0] } }), 8), /"a" has data_offsets/],
    ['a shape larger than its bytes', file(header({ a: tensor(0, 8, [3]) }), 8), /takes 12 bytes .* give it 8/],
    ['offsets backwards', file(header({ a: tensor(8, 0, [2]) }), 8), /"a"/],
    ['data past the end', file(header({ a: tensor(0, 8) }), 4), /"a" ends at byte 8 of 4/],
    ['overlapping tensors', file(header({ a: tensor(0, 8), b: tensor(4, 12) }), 12), /"b" overlaps/],
    ['two tensors on the same bytes', file(header({ a: tensor(0, 8), b: tensor(0, 8) }), 8), /"b" overlaps/],
    ['a gap', file(header({ a: tensor(0, 8), b: tensor(12, 16) }), 16), /4 bytes before tensor "b"/],
    ['bytes after the last tensor', file(good, 9), /1 bytes at its end/],
    ['a name of 10,000 characters', file(header({ ['x'.repeat(10_000)]: 1 as unknown as object }), 0), /^.{0,200}$/],
  ];
  it.each(hostile)('refuse %s, in one sentence', (_, bytes, words) => {
    const message = refusal(bytes);
    expect(message).toMatch(words);
    expect(message).toMatch(/^Not a usable safetensors file: [^\n]*\.$/);
  });

  it('survive every cut and flipped byte of a file: read or refused, never a bug', () => {
    const whole = writeSafetensors({ a: { shape: [2], data: Float32Array.of(1, 2) } }, { k: 'v' });
    for (let at = 0; at < whole.length; at++) {
      expect(refusal(whole.slice(0, at).buffer)).not.toBe('taken');
      const flipped = whole.slice();
      flipped[at] ^= 0x11;
      expect(() => refusal(flipped.buffer)).not.toThrow();
    }
  });

  it('refuse to write a shape that its data does not fill', () => {
    expect(() => writeSafetensors({ a: { shape: [3], data: new Float32Array(2) } }, {})).toThrow(/a \[3\] holds 2/);
  });
});
