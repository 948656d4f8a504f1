/** A folder of the user's disk that pictures of a data set came from. */
export interface SourceFolder {
  dataset: string;
  handle: FileSystemDirectoryHandle;
  /** What the paths of its pictures begin with: its name, where several folders were given at once, else ''. */
  prefix: string;
}
