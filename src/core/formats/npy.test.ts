import { describe, expect, it } from 'vitest';
import { readNpy } from '../../../bin/read_npy';
import { Fault } from '../fault';
import { writeNpy } from './npy';

const bytesOf = (header: string, data = 0, length = header.length): Uint8Array => {
  const bytes = new Uint8Array(10 + header.length + data);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  return bytes;
};

describe('npy', () => {
  it.each([[[6]], [[2, 3]], [[1, 2, 3, 1]], [[0, 512]], [[]]])('comes back with shape %j', (shape) => {
    const data = Float32Array.from({ length: shape.reduce((a: number, b: number) => a * b, 1) }, (_, i) => i - 0.5);
    expect(readNpy(writeNpy(data, shape))).toEqual({ shape, data });
  });

  it('is byte for byte what numpy writes', () => {
    // numpy.save(f, numpy.array([[1, -2.5]], dtype='<f4')); f.getvalue().hex()
    const expected =
      '934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c2027736861' +
      `7065273a2028312c2032292c207d${'20'.repeat(58)}0a0000803f000020c0`;
    expect(Buffer.from(writeNpy(Float32Array.of(1, -2.5), [1, 2])).toString('hex')).toBe(expected);
  });

  const described = (shape: string, descr = '<f4', order = 'False') =>
    `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  it.each([
    ['nothing', new Uint8Array(0)],
    ['another file', new TextEncoder().encode('PK\x03\x04 something else altogether')],
    ['a header longer than the file', bytesOf(described('(1,)'), 4, 60_000)],
    ['objects, which numpy would unpickle', bytesOf(described('(1,)', '|O'), 8)],
    ['double precision', bytesOf(described('(1,)', '<f8'), 8)],
    ['column-major order', bytesOf(described('(1,)', '<f4', 'True'), 4)],
    ['code for a header', bytesOf("{'descr': '<f4', 'fortran_order': False, 'shape': (__import__('os'),), }\n", 4)],
    ['an enormous shape', bytesOf(described('(999999999999999, 999999999999999)'), 4)],
    ['a negative shape', bytesOf(described('(-1,)'), 4)],
    ['too little data', bytesOf(described('(2,)'), 7)],
    ['too much data', bytesOf(described('(1,)'), 5)],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => readNpy(bytes)).toThrow(Fault);
  });
});
