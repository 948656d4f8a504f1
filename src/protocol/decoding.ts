/** What the importer asks of its decode workers. */
export interface DecoderCalls {
  /** What becomes of the files, in their order. Small files come together: a call each would cost more than their reading. */
  decode(request: Job): Outcome[];
}

/** Files for one decoder, with the bytes of those that were read already, and the side of the squares in pixels. */
export interface Job {
  files: Wanted[];
  bytes: ArrayBuffer;
  side: number;
}

export interface Wanted {
  file: File;
  /** Where its bytes lie among those that came with the call; null: it is still to be read. */
  place: { from: number; size: number } | null;
  /** Hash of the picture that is in under its path. */
  known?: string;
}

export type Outcome =
  | { type: 'decoded'; picture: DecodedPicture }
  /** The file has the known hash: nothing was decoded. */
  | { type: 'same' }
  | { type: 'refused'; reason: string };

export interface DecodedPicture {
  sha256: string;
  width: number;
  height: number;
  /** side x side x 3, row-major. */
  pixels: Uint8Array;
  thumbnail: ArrayBuffer;
  thumbnailType: string;
}
