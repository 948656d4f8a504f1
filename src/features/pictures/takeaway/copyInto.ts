import { freeName } from '../../../core/free_name';

/** A folder that files are copied into. Nothing in it is replaced. */
export class TargetFolder {
  private readonly folders = new Map<string, Promise<{ handle: FileSystemDirectoryHandle; names: Set<string> }>>();

  constructor(private readonly root: FileSystemDirectoryHandle) {}

  /** Writes a file below the folder, by another name where there is one of that name. */
  async write(path: string, content: Blob): Promise<void> {
    const parts = path.split('/');
    const wanted = parts.pop() ?? '';
    const { handle, names } = await this.folder(parts);
    const name = freeName(wanted, (one) => names.has(one.toLowerCase()));
    names.add(name.toLowerCase());
    const file = await (await handle.getFileHandle(name, { create: true })).createWritable();
    await content.stream().pipeTo(file);
  }

  private folder(parts: readonly string[]): ReturnType<TargetFolder['opened']> {
    const key = parts.join('/');
    const known = this.folders.get(key) ?? this.opened(parts);
    this.folders.set(key, known);
    return known;
  }

  private async opened(parts: readonly string[]): Promise<{ handle: FileSystemDirectoryHandle; names: Set<string> }> {
    let handle = this.root;
    for (const part of parts) handle = await handle.getDirectoryHandle(part, { create: true });
    const names = new Set<string>();
    for await (const name of handle.keys()) names.add(name.toLowerCase());
    return { handle, names };
  }
}
