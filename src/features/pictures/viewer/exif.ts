/** What a camera wrote into a file, ready to be read: nothing of where it was. */
export interface Exif {
  taken?: string;
  camera?: string;
  /** As in '1/125 s · f/2.8 · ISO 400 · 50 mm'. */
  exposure?: string;
}

/** Tags of EXIF 2.32. */
const [MAKE, MODEL, EXPOSURE, APERTURE, ISO, TAKEN, FOCAL_LENGTH] = [
  0x010f, 0x0110, 0x829a, 0x829d, 0x8827, 0x9003, 0x920a,
];

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
export const dateWords = (time: number | Date): string => date.format(time);

const seconds = (value: number): string =>
  value >= 0.4 ? `${Number(value.toFixed(1))} s` : `1/${Math.round(1 / value)} s`;

/** @param tags value by tag; a text that is no date in EXIF's own spelling, or a number that is none, is left out */
export function exifWords(tags: Readonly<Record<number, unknown>>): Exif {
  const text = (tag: number): string => (typeof tags[tag] === 'string' ? tags[tag].replaceAll('\0', '').trim() : '');
  const number = (tag: number, words: (value: number) => string): string[] => {
    const value = Number(tags[tag]);
    return value > 0 && Number.isFinite(value) ? [words(value)] : [];
  };
  const [make, model] = [text(MAKE), text(MODEL)];
  const camera = model.startsWith(make) ? model : `${make} ${model}`.trim();
  const exposure = [
    ...number(EXPOSURE, seconds),
    ...number(APERTURE, (value) => `f/${Number(value.toFixed(1))}`),
    ...number(ISO, (value) => `ISO ${value}`),
    ...number(FOCAL_LENGTH, (value) => `${Number(value.toFixed(1))} mm`),
  ].join(' · ');
  const raw = tags[TAKEN];
  const at = raw instanceof Date ? raw : new Date(text(TAKEN).replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T'));
  return {
    ...(Number.isNaN(at.getTime()) ? {} : { taken: dateWords(at) }),
    ...(camera ? { camera } : {}),
    ...(exposure ? { exposure } : {}),
  };
}

/** EXIF lies at the beginning of a JPEG file, and takes at most 64 KB. */
const HEAD_BYTES = 2 ** 17;

/** Of a picture file; nothing of one without EXIF, or that cannot be read. */
export async function readExif(file: Blob): Promise<Exif> {
  const { parse } = await import('exifr/dist/mini.esm.mjs');
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer();
  return exifWords((await parse(head, { gps: false }).catch(() => undefined)) ?? {});
}
