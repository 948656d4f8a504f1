import { isHidden, walk } from '../../src/images/walk';
import type { NamedFile } from '../../src/protocol/importing';

/** A file to be taken in. It is opened when its turn comes: thousands of open files would be a burden. */
export interface Pending {
  path: string;
  open(): Promise<File>;
}

const isTable = (path: string): boolean => /\.csv$/i.test(path);

/** Files on their way into an import, in order: those that were sent, and those that walks find. */
export class Intake {
  found = 0;
  /** Whether no more will come. */
  walked = false;
  /** CSV files among them: they hold labels of pictures. */
  readonly tables: Pending[] = [];
  private readonly files: Pending[] = [];
  private walking: Promise<void> = Promise.resolve();
  private stopped = false;
  private wake: () => void = () => undefined;

  add(files: NamedFile[]): void {
    this.walking = this.walking.then(() => {
      for (const { path, file } of files) this.push({ path, open: () => Promise.resolve(file) });
    });
  }

  addFolder(folder: FileSystemDirectoryHandle, prefix: string): void {
    this.walking = this.walking.then(async () => {
      for await (const entry of walk(folder, prefix)) {
        if (this.stopped) return;
        if ('cause' in entry) this.skip(entry.path || folder.name);
        else this.push(entry);
      }
    });
  }

  /** No more will be added. */
  end(): void {
    this.walking = this.walking.then(() => {
      this.walked = true;
      this.wake();
    });
  }

  /** Nothing more is wanted. */
  stop(): void {
    this.stopped = true;
    this.files.length = 0;
    this.wake();
  }

  /** The next files, as many as are there and at most `most`; waits for one at least. Null after the last. */
  async next(most: number): Promise<Pending[] | null> {
    for (;;) {
      if (this.stopped) return null;
      if (this.files.length > 0) return this.files.splice(0, most);
      if (this.walked) return null;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** A folder that cannot be read comes out as a file that cannot be opened. */
  private skip(path: string): void {
    const denied = new DOMException('This folder may not be read', 'NotAllowedError');
    this.push({ path, open: () => Promise.reject(denied) });
  }

  private push(file: Pending): void {
    if (this.stopped || isHidden(file.path)) return;
    if (isTable(file.path)) {
      this.tables.push(file);
      return;
    }
    this.found++;
    this.files.push(file);
    this.wake();
  }
}
