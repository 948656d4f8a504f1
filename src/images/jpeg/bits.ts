/** Codes of an entropy-coded segment, and the bytes that they make (ITU T.81, F.1.2). */
export class BitWriter {
  private codes = new Uint16Array(32768);
  private sizes = new Uint8Array(32768);
  private length = 0;

  /** Begins a new segment, in the same memory. */
  restart(): void {
    this.length = 0;
  }

  /** Makes room for this many codes: `bits` itself does not look, as it is called for every number. */
  reserve(codes: number): void {
    if (this.length + codes <= this.codes.length) return;
    const room = 2 * (this.codes.length + codes);
    const [larger, sizes] = [new Uint16Array(room), new Uint8Array(room)];
    larger.set(this.codes);
    sizes.set(this.sizes);
    this.codes = larger;
    this.sizes = sizes;
  }

  /** At most 16 bits, the highest first. */
  bits(value: number, size: number): void {
    this.codes[this.length] = value;
    this.sizes[this.length++] = size;
  }

  /**
   * Writes all codes to `bytes` from `at` on, the last byte filled with ones; returns where they end. A byte of ones is
   * followed by a zero byte, so that it is no marker: there must be room for four bytes a code, and two.
   */
  write(bytes: Uint8Array, at: number): number {
    const { codes, sizes, length } = this;
    let [pending, count, to] = [0, 0, at];
    for (let i = 0; i < length; i++) {
      pending = (pending << sizes[i]) | codes[i];
      count += sizes[i];
      while (count >= 8) {
        count -= 8;
        const byte = (pending >>> count) & 255;
        bytes[to++] = byte;
        if (byte === 255) bytes[to++] = 0;
      }
    }
    if (count === 0) return to;
    const last = ((pending << (8 - count)) | ((1 << (8 - count)) - 1)) & 255;
    bytes[to++] = last;
    if (last === 255) bytes[to++] = 0;
    return to;
  }

  /** The most bytes that `write` may take. */
  get most(): number {
    return 4 * this.length + 2;
  }
}
