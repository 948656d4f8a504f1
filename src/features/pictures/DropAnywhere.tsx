import { useEffect, useState } from 'react';
import { useLookalike, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { Icon } from '../../widgets/Icon';
import { usePicker } from './Picker';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** What is dragged, as far as the browser says before it is dropped. */
const kindOf = ({ items }: DataTransfer): Dragged =>
  items.length !== 1 ? 'several' : items[0].type.startsWith('image/') ? 'picture' : 'one';

type Dragged = 'picture' | 'one' | 'several';

/** Makes the whole page a place to drop things on, and says what each does while something is dragged over it. */
export function DropAnywhere() {
  const { give } = usePicker();
  const { store, actions, tellCause } = useLookalike();
  const [over, setOver] = useState<Dragged | null>(null);

  useEffect(() => {
    // Entering an element inside the page leaves the one around it: only the sum says whether the page was left.
    let depth = 0;
    const settle = (to: number, dragged: Dragged | null): void => {
      depth = Math.max(0, to);
      setOver(depth > 0 ? dragged : null);
    };
    const stop = new AbortController();
    const listen = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', act: (event: DragEvent) => void): void =>
      document.addEventListener(
        type,
        (event) => {
          if (!holdsFiles(event)) return;
          event.preventDefault();
          act(event);
        },
        { signal: stop.signal },
      );
    const dragged = ({ dataTransfer }: DragEvent): Dragged => (dataTransfer ? kindOf(dataTransfer) : 'several');
    listen('dragenter', (event) => settle(depth + 1, dragged(event)));
    listen('dragleave', (event) => settle(depth - 1, dragged(event)));
    listen('dragover', ({ dataTransfer }) => {
      if (dataTransfer) dataTransfer.dropEffect = 'copy';
    });
    listen('drop', ({ dataTransfer }) => {
      settle(0, null);
      if (dataTransfer) give(dataTransfer);
    });
    const paste = ({ clipboardData }: ClipboardEvent): void => {
      const [file, ...others] = clipboardData?.files ?? [];
      if (!file || !clipboardData) return;
      const one = others.length === 0 && file.type.startsWith('image/');
      if (one && store.getState().library.current !== null) void actions.findLike(file).catch(tellCause);
      else give(clipboardData);
    };
    document.addEventListener('paste', paste, { signal: stop.signal });
    return () => stop.abort();
  }, [give, store, actions, tellCause]);

  return over && <Veil dragged={over} />;
}

function Veil({ dragged }: { dragged: Dragged }) {
  const name = useSelected((state) => currentDataset(state)?.name);
  return (
    <div className="drop-veil" aria-hidden="true">
      <div>
        <p>
          <Icon name={dragged === 'picture' && name !== undefined ? 'look' : 'folder'} />
          {name === undefined
            ? 'Drop a folder or pictures'
            : dragged === 'picture'
              ? 'Drop it to find pictures like it'
              : `Drop pictures for “${name}”, or for a new collection`}
        </p>
        <p className="small muted">
          {name === undefined
            ? 'A CSV file of labels in the folder is taken along.'
            : dragged === 'picture'
              ? `It is added to “${name}” only if you say so.`
              : 'A CSV file gives them labels. A file of weights is a model to start from.'}
        </p>
      </div>
    </div>
  );
}
