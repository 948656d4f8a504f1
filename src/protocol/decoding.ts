// What the importer and its decode workers say to each other.

/** The first message to a decode worker: the port on which all others come, from the importer. */
export type PortMessage = { type: 'port'; port: MessagePort };

/** A file to be decoded. */
export interface Wanted {
  file: File;
  /** Where its bytes lie among those that came with the message; null: it is still to be read. */
  place: { from: number; size: number } | null;
  /** Hash of the picture that is in under its path. */
  known?: string;
}

/** To the importer's decode workers. Small files come together: a message each would cost more than their reading. */
export type ToDecoder = { type: 'decode'; ticket: number; side: number; files: Wanted[]; bytes: ArrayBuffer };
/** What became of the files, in their order. */
export type FromDecoder = { type: 'decoded'; ticket: number; outcomes: Outcome[] };

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
