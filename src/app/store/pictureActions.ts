/** As what pictures are taken away. */
export interface TakeAway {
  as: 'zip' | 'folder' | 'csv' | 'similar';
  /** The column that says their labels. */
  column: string | null;
  /** A folder for each of these labels, in the place of where they lay. */
  byLabel: boolean;
}

/** What the page can do with the pictures' own files. */
export interface PictureActions {
  /** Shows a picture in full size. `rows`: what arrow keys go along, by default the pictures that are listed. */
  view(row: number, rows?: readonly number[]): void;
  closeViewer(): void;
  /** Ids of the data sets whose folders can be looked through anew. */
  rescannable(): Promise<ReadonlySet<string>>;
  /** Adds what is new in the folders that a data set's pictures came from. To be called in a click: the browser may ask. */
  rescan(dataset: string): Promise<void>;
  /** Hands out pictures: originals where they are at hand, else thumbnails; or a list of them, or of their most similar ones. To be called in a click. */
  takeAway(rows: readonly number[], how: TakeAway): Promise<void>;
}
