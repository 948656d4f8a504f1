/** Bytes of a file being written, and the bits of an entropy-coded segment (ITU T.81, F.1.2). */
export class BitWriter {
  private bytes = new Uint8Array(32768);
  private length = 0;
  private pending = 0;
  private count = 0;

  /** Begins a new file, in the same memory. */
  restart(): void {
    this.length = 0;
    this.pending = 0;
    this.count = 0;
  }

  all(values: ArrayLike<number>): void {
    this.reserve(values.length);
    this.bytes.set(values, this.length);
    this.length += values.length;
  }

  /** Makes room for this many bytes: `bits` itself does not look, as it is called for every number. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.bytes.length + bytes));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  /** At most 16 bits, the highest first. */
  bits(value: number, size: number): void {
    this.pending = (this.pending << size) | value;
    this.count += size;
    if (this.count < 16) return;
    this.count -= 16;
    const two = (this.pending >>> this.count) & 0xffff;
    this.coded(two >> 8);
    this.coded(two & 255);
  }

  /** Fills the last byte with ones. */
  flush(): void {
    if (this.count % 8 > 0) this.bits((1 << (8 - (this.count % 8))) - 1, 8 - (this.count % 8));
    if (this.count === 8) this.coded(this.pending & 255);
    this.count = 0;
  }

  /** A copy of what was written. */
  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  /** A byte of ones is followed by a zero byte, so that it is no marker. */
  private coded(byte: number): void {
    this.bytes[this.length++] = byte;
    if (byte === 255) this.bytes[this.length++] = 0;
  }
}
