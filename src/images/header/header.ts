export type Kind = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'bmp' | 'ico';

/** What a picture says of itself before it is decoded. */
export interface Header {
  kind: Kind;
  /** MIME type by content, whatever the file's name says. */
  type: string;
  /** Pixels as stored, before the orientation is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8; 0 where only the decoder knows. */
  orientation: number;
  /** Whether every pixel is surely opaque. */
  opaque: boolean;
  /** Whether there is more than one frame, or may be. */
  animated: boolean;
}
