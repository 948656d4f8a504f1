/** What the page can do with the pictures' own files. */
export interface PictureActions {
  /** Shows a picture in full size. `rows`: what arrow keys go along, by default the pictures that are listed. */
  view(row: number, rows?: readonly number[]): void;
  closeViewer(): void;
  /** Ids of the data sets whose folders can be looked through anew. */
  rescannable(): Promise<ReadonlySet<string>>;
  /** Adds what is new in the folders that a data set's pictures came from. To be called in a click: the browser may ask. */
  rescan(dataset: string): Promise<void>;
}
