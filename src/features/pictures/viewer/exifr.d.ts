/** The smallest bundle of exifr: EXIF of JPEG files, values by the numbers of their tags. */
declare module 'exifr/dist/mini.esm.mjs' {
  export function parse(file: ArrayBuffer, options: { gps: boolean }): Promise<Record<number, unknown> | undefined>;
}
