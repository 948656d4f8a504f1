import { useEffect, useState } from 'react';
import { useActions, useLookalike } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * The dropped file when it is a single one: a CSV file holds labels, a safetensors file weights to start from. PyTorch's
 * own cannot be read and are told so there.
 */
function fileAlone({ files, items }: DataTransfer, ending: RegExp): File | null {
  return items.length === 1 && files.length === 1 && ending.test(files[0].name) ? files[0] : null;
}

/** Makes the whole page a place to drop pictures on, and says so while something is dragged over it. */
export function DropAnywhere() {
  const { importFiles, takeLabels, takeWeights } = useActions();
  const { store } = useLookalike();
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Entering an element inside the page leaves the one around it: only the sum says whether the page was left.
    let depth = 0;
    const settle = (to: number): void => {
      depth = Math.max(0, to);
      setOver(depth > 0);
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
    listen('dragenter', () => settle(depth + 1));
    listen('dragleave', () => settle(depth - 1));
    listen('dragover', ({ dataTransfer }) => {
      if (dataTransfer) dataTransfer.dropEffect = 'copy';
    });
    listen('drop', ({ dataTransfer }) => {
      settle(0);
      if (!dataTransfer) return;
      const table = fileAlone(dataTransfer, /\.csv$/i);
      const weights = fileAlone(dataTransfer, /\.(safetensors|pth?|ckpt)$/i);
      if (weights) void takeWeights(weights);
      else if (table && store.getState().library.current !== null) takeLabels(table);
      else void importFiles(dataTransfer);
    });
    return () => stop.abort();
  }, [importFiles, takeLabels, takeWeights, store]);

  if (!over) return null;
  return (
    <div className="drop-veil" aria-hidden="true">
      <p>
        <Icon name="folder" />
        Drop pictures, folders, a CSV file of labels or a file of weights anywhere
      </p>
    </div>
  );
}
