/** What the page can do with labels and with pictures that are selected. */
export interface LabelActions {
  /** Takes in the label columns of a CSV file. */
  takeLabels(file: File): void;
  /** From now on a click on a picture chooses it to be given a label, or searches again. */
  pickPictures(on: boolean): void;
  /** Chooses these pictures and no others. */
  pickRows(rows: readonly number[]): void;
  /** Chooses all pictures shown, or none. */
  pickAll(all: boolean): void;
  /** Labels that are given from now on go into this column. */
  labelInto(column: string): void;
  /** Chooses a picture or gives it up; `upTo` chooses all from the one chosen last up to it. */
  pickPicture(row: number, upTo: boolean): void;
  /** Gives these pictures, else the chosen ones, a label of a column, or takes it away. Resolves, as those below, when it is stored. */
  giveLabel(column: string, label: string | null, rows?: readonly number[]): Promise<void>;
  /** Gives each of these pictures a label of its own. */
  giveLabels(column: string, rows: readonly number[], labels: readonly string[], words?: string): Promise<void>;
  /** The same with the class that a key from 1 to 9 stands for; 0 takes the label away. */
  labelByKey(key: number, rows?: readonly number[]): Promise<void>;
  /** Calls a class otherwise; by the name of another, it becomes part of that. */
  renameClass(column: string, from: string, to: string): Promise<void>;
  /** Hides these pictures, else the chosen ones, everywhere but under "Set aside", or shows them again, by default what is not so. */
  setAside(rows?: readonly number[], aside?: boolean): Promise<void>;
  /** Removes pictures for good, with all that is stored of them. What was edited before can no longer be undone. */
  removePictures(rows: readonly number[]): Promise<void>;
  /** Takes back the newest of these changes. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  dropLabels(column: string): void;
}
