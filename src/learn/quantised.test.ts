import { expect, test } from 'vitest';
import { Fault } from '../core/fault';
import { readSafetensors } from '../core/formats/safetensors';
import { QUANTISED, writeSafetensors } from '../core/formats/write_safetensors';
import { dequantised } from './quantised';

const read = (meaning: string) => {
  const tensors = {
    ones: { shape: [1], data: Float32Array.of(1) },
    w: { shape: [2, 2], data: Uint8Array.of(0, 1, 128, 255) },
    ids: { shape: [3], data: Uint8Array.of(1, 2, 3) },
  };
  const file = writeSafetensors(tensors, { [QUANTISED]: meaning });
  return dequantised(readSafetensors(file.buffer as ArrayBuffer)).tensors;
};

test('a byte is byte * scale + min, where the file says so', () => {
  const tensors = read(JSON.stringify({ w: { min: -1, scale: 0.5 } }));
  expect(tensors.get('w')).toEqual({ dtype: 'F32', shape: [2, 2], data: Float32Array.of(-1, -0.5, 63, 126.5) });
  expect([...tensors.get('ids')!.data]).toEqual([1, 2, 3]);
  expect([...tensors.get('ones')!.data]).toEqual([1]);
});

test.each(['{}', '[]', 'null', '3'])('bytes that %s says nothing of stay bytes', (meaning) => {
  expect(read(meaning).get('w')?.dtype).toBe('U8');
});

test('a meaning that is no JSON is a fault of the file; one without numbers gives no numbers', () => {
  expect(() => read('{')).toThrow(Fault);
  for (const meaning of ['null', '{}', '{"min": "a", "scale": {}}'])
    expect(read(`{"w": ${meaning}}`).get('w')?.data.every(Number.isNaN)).toBe(true);
});
