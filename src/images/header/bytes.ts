import { Fault } from '../../core/fault';

/** A picture that cannot be taken in, with its reason in one sentence. */
export const refused = (reason: string): Fault => new Fault('picture', reason);

/** Reads numbers from a file's bytes. Reading past the end means that the file was cut off. */
export class Bytes {
  private readonly view: DataView;
  constructor(readonly all: Uint8Array) {
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }

  get length(): number {
    return this.all.byteLength;
  }

  u8(at: number): number {
    return this.read(at, 1, () => this.view.getUint8(at));
  }

  u16(at: number, little = false): number {
    return this.read(at, 2, () => this.view.getUint16(at, little));
  }

  u24(at: number): number {
    return this.u16(at, true) | (this.u8(at + 2) << 16);
  }

  u32(at: number, little = false): number {
    return this.read(at, 4, () => this.view.getUint32(at, little));
  }

  i32(at: number, little = false): number {
    return this.u32(at, little) | 0;
  }

  /** Latin-1 text, shorter at the end of the file. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.all.subarray(at, at + length));
  }

  starts(...values: number[]): boolean {
    return values.every((value, i) => this.all[i] === value);
  }

  private read(at: number, length: number, get: () => number): number {
    if (at < 0 || at + length > this.length) throw refused('The file is cut off within its header.');
    return get();
  }
}
