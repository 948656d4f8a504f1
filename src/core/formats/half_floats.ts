/** IEEE 754 binary16 as single precision, exactly. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Numbers of 16 bits as they lie in files, in single precision. bfloat16 is the upper half of single precision. */
export function widened(bits: Uint16Array, type: 'F16' | 'BF16'): Float32Array<ArrayBuffer> {
  if (type === 'BF16') return new Float32Array(Uint32Array.from(bits, (upper) => upper << 16).buffer);
  return Float32Array.from(bits, fromHalf);
}
