import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef } from 'react';
import { useActions } from '../../app/store/hooks';

interface Picker {
  /** Opens the browser's dialog; with `into` what is chosen goes into a data set whose import was cut off. */
  chooseFolder(into?: string): void;
  chooseFiles(): void;
}

/** Every browser knows this attribute, React's types do not. */
const FOLDERS = { webkitdirectory: '' };

const PickerContext = createContext<Picker | null>(null);

export function usePicker(): Picker {
  const picker = useContext(PickerContext);
  if (!picker) throw new Error('usePicker: outside of PickerProvider');
  return picker;
}

/**
 * The page's two file inputs. Inputs rather than pickers of the File System Access API, because every browser has them;
 * dropping a folder gives the streamed walk where there is one.
 */
export function PickerProvider({ children }: { children: ReactNode }) {
  const { importFiles } = useActions();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const into = useRef<string | undefined>(undefined);

  const take = useCallback(
    (input: HTMLInputElement): void => {
      // A copy, because emptying the input (so that the same folder can be chosen again) empties its list.
      const chosen = [...(input.files ?? [])];
      input.value = '';
      if (chosen.length > 0) void importFiles(chosen, { into: into.current });
      into.current = undefined;
    },
    [importFiles],
  );

  const picker = useMemo<Picker>(
    () => ({
      chooseFolder: (dataset) => {
        into.current = dataset;
        folder.current?.click();
      },
      chooseFiles: () => {
        into.current = undefined;
        files.current?.click();
      },
    }),
    [],
  );

  return (
    <PickerContext value={picker}>
      {children}
      <div hidden>
        <input
          ref={folder}
          type="file"
          {...FOLDERS}
          multiple
          tabIndex={-1}
          aria-label="Folder of pictures"
          data-testid="folder-input"
          onChange={({ currentTarget }) => take(currentTarget)}
        />
        <input
          ref={files}
          type="file"
          multiple
          tabIndex={-1}
          accept="image/*"
          aria-label="Picture files"
          data-testid="files-input"
          onChange={({ currentTarget }) => take(currentTarget)}
        />
      </div>
    </PickerContext>
  );
}
