// One counter-based generator: any draw of any step can be made again, on any thread, without a hidden stream.

const PURPOSES = [
  'weights',
  'queue',
  'order',
  'shuffle',
  'view',
  'frozen view',
  'probe',
  'sample',
  'corruption',
  'latent',
  'kept view',
  'neighbour',
  'blind test',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What a draw belongs to. step < 2^32, image < 2^32, view < 16; 2^22 draws a key. */
export interface Key {
  seed: number;
  purpose: Purpose;
  step?: number;
  image?: number;
  view?: number;
}

/**
 * Draws number 0, 1, 2 ... of a key. Two streams of one key are equal. Words are kept as numbers, not in arrays: a step makes
 * a stream for each of its views.
 */
export class Draws {
  // The key, then the words of the last block, as 32-bit integers.
  private readonly k0: number;
  private readonly k1: number;
  private readonly k2: number;
  private readonly k3: number;
  private w0 = 0;
  private w1 = 0;
  private w2 = 0;
  private w3 = 0;
  private index = 0;

  constructor({ seed, purpose, step = 0, image = 0, view = 0 }: Key) {
    this.k0 = (seed + Math.imul(PURPOSES.indexOf(purpose) + 1, 0x9e3779b9)) | 0;
    this.k1 = step | 0;
    this.k2 = image | 0;
    this.k3 = (view << 20) | 0;
  }

  /**
   * All it takes to go on from here elsewhere, 32-bit words: four of the key and the number of the next draw. Draw i is
   * word i % 4 of pcg4d(key + (0, 0, 0, floor(i / 4))).
   */
  place(): readonly number[] {
    return [this.k0 >>> 0, this.k1 >>> 0, this.k2 >>> 0, this.k3 >>> 0, this.index];
  }

  /** Uniform 32-bit word. */
  word(): number {
    const lane = this.index & 3;
    if (lane === 0) this.nextBlock();
    this.index++;
    return (lane === 0 ? this.w0 : lane === 1 ? this.w1 : lane === 2 ? this.w2 : this.w3) >>> 0;
  }

  /** pcg4d of Jarzynski & Olano 2020 (Hash Functions for GPU Rendering): four words in, four words out. */
  private nextBlock(): void {
    let a = (Math.imul(this.k0, 1664525) + 1013904223) | 0;
    let b = (Math.imul(this.k1, 1664525) + 1013904223) | 0;
    let c = (Math.imul(this.k2, 1664525) + 1013904223) | 0;
    let d = (Math.imul(this.k3 | (this.index >>> 2), 1664525) + 1013904223) | 0;
    a = (a + Math.imul(b, d)) | 0;
    b = (b + Math.imul(c, a)) | 0;
    c = (c + Math.imul(a, b)) | 0;
    d = (d + Math.imul(b, c)) | 0;
    a ^= a >>> 16;
    b ^= b >>> 16;
    c ^= c >>> 16;
    d ^= d >>> 16;
    this.w0 = (a + Math.imul(b, d)) | 0;
    this.w1 = (b + Math.imul(c, this.w0)) | 0;
    this.w2 = (c + Math.imul(this.w0, this.w1)) | 0;
    this.w3 = (d + Math.imul(this.w1, this.w2)) | 0;
  }

  /** Uniform in [0, 1), a multiple of 2^-24: exact in float32. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * ((this.word() >>> 8) / 16777216);
  }

  /** Uniform integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor((this.word() / 4294967296) * bound);
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Uniform permutation of 0 .. n - 1 (Fisher & Yates). */
  permutation(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 1; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}

/** A number for a name, to key draws by it (FNV-1a, 32 bits). */
export function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
