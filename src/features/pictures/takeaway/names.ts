/** What file systems do not take in a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those too.
const FORBIDDEN = /[\\/:*?"<>|\u0000-\u001f]+/g;

const NO_LABEL = 'no label';

/** A label as the name of a folder. */
const folderOf = (label: string | null): string =>
  (label ?? '').replaceAll(FORBIDDEN, '-').replace(/^[. ]+|[. ]+$/g, '') || NO_LABEL;

/** Where a picture is put: in a folder of its label, else where it lay. `label` undefined: not by label. */
export const placeOf = (path: string, label?: string | null): string =>
  label === undefined ? path : `${folderOf(label)}/${path.split('/').at(-1)}`;

/** The same file as a thumbnail: 'a.tif' -> 'a 320px.webp'. */
export const thumbnailName = (path: string, type: string): string =>
  `${path.replace(/\.[^./]+$/, '')} 320px.${type.split('/')[1] ?? 'img'}`;
