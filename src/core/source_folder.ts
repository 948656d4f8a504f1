/** A folder of the user's disk that pictures come from. */
export interface SourceFolder {
  handle: FileSystemDirectoryHandle;
  /** What the paths of its pictures begin with: its name, where several folders were given at once, else ''. */
  prefix: string;
}
