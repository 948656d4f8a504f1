import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import type { FileSource, Gathered } from '../../app/store/actions';
import { useLookalike } from '../../app/store/hooks';
import { isAbort } from '../../protocol/call';
import { FileInput } from '../../widgets/FileButton';
import { BACKUP } from './backup';
import { gather } from './gather';
import { giveAlone } from './giveAlone';
import { WhereTo } from './WhereTo';

/** Where chosen pictures go: a collection's id, a new one, or not given: that is asked, once there are collections. */
type Destination = string | 'new' | undefined;

interface Picker {
  /** Opens the browser's dialog. */
  chooseFolder(to?: Destination): void;
  chooseFiles(to?: Destination): void;
  chooseBackup(): void;
  /** Takes in what was dropped. To be called in the event itself. */
  give(source: FileSource): void;
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
 * The page's ways to files, and the question where pictures go. A folder is chosen by the picker of the File System Access API
 * where there is one: its handle is kept, for originals and to look through it again. Else by an input, which every browser has.
 */
export function PickerProvider({ children }: { children: ReactNode }) {
  const lookalike = useLookalike();
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const backup = useRef<HTMLInputElement>(null);
  const destination = useRef<Destination>(undefined);
  const [asked, setAsked] = useState<Gathered | null>(null);

  const picker = useMemo(() => {
    const { store, actions, tellCause } = lookalike;
    const takeIn = async (gathering: Promise<Gathered>, to: Destination): Promise<void> => {
      const given = await gathering;
      if (giveAlone(lookalike, given)) return;
      const { current, importing, datasets } = store.getState().library;
      // A folder whose import was cut off goes on.
      const goesOn = datasets.some(({ complete, name }) => !complete && name === given.name);
      if (to === undefined && current !== null && importing === null && !goesOn) setAsked(given);
      else void actions.importFiles(given, { into: to === 'new' ? undefined : to });
    };
    const give = (source: FileSource, to?: Destination): void => void takeIn(gather(source), to).catch(tellCause);
    const choose = (input: HTMLInputElement | null, to: Destination): void => {
      destination.current = to;
      input?.click();
    };
    const chooseFolder = async (to: Destination): Promise<void> => {
      if (!window.showDirectoryPicker) return choose(folder.current, to);
      try {
        give(await window.showDirectoryPicker({ id: 'source', mode: 'read', startIn: 'pictures' }), to);
      } catch (cause) {
        // Some folders the browser gives no handle of.
        if (!isAbort(cause)) choose(folder.current, to);
      }
    };
    return {
      give,
      chooseFolder: (to?: Destination) => void chooseFolder(to),
      chooseFiles: (to?: Destination) => choose(files.current, to),
      chooseBackup: () => backup.current?.click(),
      take: (chosen: File[]): void => {
        give(chosen, destination.current);
        destination.current = undefined;
      },
    };
  }, [lookalike]);

  return (
    <PickerContext value={picker}>
      {children}
      {asked && <WhereTo given={asked} onClose={() => setAsked(null)} />}
      <FileInput
        ref={folder}
        {...FOLDERS}
        multiple
        aria-label="Folder of pictures"
        data-testid="folder-input"
        onFiles={picker.take}
      />
      <FileInput
        ref={files}
        multiple
        accept="image/*"
        aria-label="Picture files"
        data-testid="files-input"
        onFiles={picker.take}
      />
      <FileInput
        ref={backup}
        accept={BACKUP}
        aria-label="Back-up of a collection"
        data-testid="backup-input"
        onFiles={([file]) => void lookalike.actions.openBackup(file)}
      />
    </PickerContext>
  );
}
