/** A picture as a table may name it. */
export interface NamedPicture {
  path: string;
  /** Paths of files with the same bytes, which share its row. */
  copies: readonly string[];
}

/** One spelling for paths as different systems write them: forward slashes, no './' before, composed accents. */
const spelled = (path: string): string =>
  path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .normalize('NFC');

/** 'a/b/c' -> 'a/b/c', 'b/c', 'c': the whole path first, the file's name last. */
function endings(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, from) => parts.slice(from).join('/'));
}

/**
 * Finds pictures by path or file name. A table may name a file from another folder than the one that was dropped:
 * 'cap/1.png' is shirts/cap/1.png, and the reverse. The longest common ending counts.
 */
export class PictureNames {
  private readonly rowsByEnding = new Map<string, Set<number>>();
  private readonly rowsByPath = new Map<string, number>();

  constructor(readonly pictures: readonly NamedPicture[]) {
    for (const [row, { path, copies }] of pictures.entries())
      for (const written of [path, ...copies]) {
        const name = spelled(written);
        this.rowsByPath.set(name, row);
        for (const ending of endings(name)) {
          const rows = this.rowsByEnding.get(ending);
          if (rows) rows.add(row);
          else this.rowsByEnding.set(ending, new Set([row]));
        }
      }
  }

  /** Rows that may be meant: none, one, or several when the name is too short to tell. */
  find(written: string): number[] {
    const name = spelled(written);
    if (name === '') return [];
    const exact = this.rowsByPath.get(name);
    if (exact !== undefined) return [exact];
    const [whole, ...shorter] = endings(name);
    const below = this.rowsByEnding.get(whole); // the picture's path is the longer one
    if (below) return [...below];
    for (const ending of shorter) {
      const row = this.rowsByPath.get(ending);
      if (row !== undefined) return [row];
    }
    return [];
  }
}
