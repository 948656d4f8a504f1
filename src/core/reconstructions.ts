/** The picture and the dimension of the code from and along which to walk; null leaves the choice to the trainer. */
export interface WalkRequest {
  row: number | null;
  dimension: number | null;
}

/** What an autoencoder gives back at one step. Pictures are [n, side, side, 4] RGBA bytes. */
export interface Reconstructions {
  step: number;
  side: number;
  rows: number[];
  originals: Uint8ClampedArray;
  /** What the encoder was shown, where that is not the original. */
  shown: Uint8ClampedArray | null;
  made: Uint8ClampedArray;
  /** Of a VAE. */
  latent: {
    /** Nats that each dimension of the code carries, mean over these pictures. */
    divergence: Float32Array;
    /** Decoded draws of the standard normal. */
    samples: Uint8ClampedArray;
    /** One picture's code with one dimension set to each of the values. */
    walk: { row: number; dimension: number; values: number[]; pictures: Uint8ClampedArray };
  } | null;
}
