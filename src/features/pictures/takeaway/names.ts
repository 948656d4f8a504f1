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

/** A name of which there is none yet: 'a.jpg', then 'a (2).jpg'. Names that differ in case alone are one, as on many disks. */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  const dot = wanted.lastIndexOf('.');
  const end = dot > wanted.lastIndexOf('/') + 1 ? dot : wanted.length;
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted.slice(0, end)} (${number})${wanted.slice(end)}`;
    if (!taken(name)) return name;
  }
}

/** The same file as a thumbnail: 'a.tif' -> 'a 320px.webp'. */
export const thumbnailName = (path: string, type: string): string =>
  `${path.replace(/\.[^./]+$/, '')} 320px.${type.split('/')[1] ?? 'img'}`;
