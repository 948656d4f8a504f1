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

/** pcg4d of Jarzynski & Olano 2020 (Hash Functions for GPU Rendering): four words in, four words out, in place. */
function pcg4d(v: Uint32Array): void {
  for (let i = 0; i < 4; i++) v[i] = Math.imul(v[i], 1664525) + 1013904223;
  mix(v);
  for (let i = 0; i < 4; i++) v[i] ^= v[i] >>> 16;
  mix(v);
}

function mix(v: Uint32Array): void {
  v[0] += Math.imul(v[1], v[3]);
  v[1] += Math.imul(v[2], v[0]);
  v[2] += Math.imul(v[0], v[1]);
  v[3] += Math.imul(v[1], v[2]);
}

/** Draws number 0, 1, 2 ... of a key. Two streams of one key are equal. */
export class Draws {
  private readonly words = new Uint32Array(4);
  private readonly start: Uint32Array;
  private index = 0;
  constructor({ seed, purpose, step = 0, image = 0, view = 0 }: Key) {
    this.start = Uint32Array.of(seed + Math.imul(PURPOSES.indexOf(purpose) + 1, 0x9e3779b9), step, image, view << 20);
  }

  /**
   * All it takes to go on from here elsewhere, 32-bit words: four of the key and the number of the next draw. Draw i is
   * word i % 4 of pcg4d(key + (0, 0, 0, floor(i / 4))).
   */
  place(): readonly number[] {
    return [...this.start, this.index];
  }

  /** Uniform 32-bit word. */
  word(): number {
    const lane = this.index & 3;
    if (lane === 0) {
      this.words.set(this.start);
      this.words[3] |= this.index >>> 2;
      pcg4d(this.words);
    }
    this.index++;
    return this.words[lane];
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
    const order = Int32Array.from({ length: n }, (_, i) => i);
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
