/** What the page can do with the pictures' own files. */
export interface PictureActions {
  /** Shows a picture in full size. `rows`: what arrow keys go along, by default the pictures that are listed. */
  view(row: number, rows?: readonly number[]): void;
  closeViewer(): void;
}
