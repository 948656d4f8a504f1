/** IEEE 754 binary16 as single precision, exactly. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let table: Float32Array | null = null;

/** Every half in single precision, by its bits. */
function halves(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, bits) => fromHalf(bits));
  return table;
}

/** Numbers of 16 bits as they lie in files, in single precision. bfloat16 is the upper half of single precision. */
export function widened(bits: Uint16Array, type: 'F16' | 'BF16'): Float32Array<ArrayBuffer> {
  if (type === 'BF16') return new Float32Array(Uint32Array.from(bits, (upper) => upper << 16).buffer);
  const values = new Float32Array(bits.length);
  widenInto(values, 0, bits);
  return values;
}

/** Writes halves as single precision numbers from `at` on. */
export function widenInto(values: Float32Array, at: number, bits: Uint16Array): void {
  const known = halves();
  for (let i = 0; i < bits.length; i++) values[at + i] = known[bits[i]];
}

/** The nearest halves, of two equally near the even one; too large numbers become infinite. */
export function narrowed(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const half = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) half[i] = toHalf(bits[i]);
  return half;
}

function toHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const rest = bits & 0x7fffffff;
  if (rest > 0x7f800000) return sign | 0x7e00; // not a number
  if (rest >= 0x477ff000) return sign | 0x7c00; // 65520 and above
  if (rest >= 0x38800000) {
    const rounded = rest - 0x38000000 + 0xfff + ((rest >>> 13) & 1);
    return sign | (rounded >>> 13);
  }
  // Below 2^-14: multiples of 2^-24.
  const exponent = rest >>> 23;
  if (exponent < 102) return sign;
  const fraction = (rest & 0x7fffff) | 0x800000;
  const shift = 126 - exponent;
  const kept = fraction >>> shift;
  const [dropped, middle] = [fraction & ((1 << shift) - 1), 1 << (shift - 1)];
  return sign | (kept + (dropped > middle || (dropped === middle && (kept & 1) === 1) ? 1 : 0));
}
