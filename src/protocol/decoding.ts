// What the importer and its decode workers say to each other.

/** The first message to a decode worker: the port on which it hears all others, from the importer. */
export type PortMessage = { type: 'port'; port: MessagePort };

/** To the importer's decode workers. `known`: the hash of a picture that is in under this path. */
export type ToDecoder = {
  type: 'decode';
  ticket: number;
  file: File;
  /** The file's, if they were read already. */
  bytes: ArrayBuffer | null;
  side: number;
  known?: string;
};
export type FromDecoder =
  | { type: 'decoded'; ticket: number; picture: DecodedPicture }
  /** The file has the known hash: nothing was decoded. */
  | { type: 'same'; ticket: number }
  | { type: 'refused'; ticket: number; reason: string };

export interface DecodedPicture {
  sha256: string;
  width: number;
  height: number;
  /** side x side x 3, row-major. */
  pixels: Uint8Array;
  thumbnail: ArrayBuffer;
  thumbnailType: string;
}
