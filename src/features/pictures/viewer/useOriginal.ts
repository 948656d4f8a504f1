import { useEffect, useState } from 'react';
import type { Picture } from '../../../app/pictures/thumbnails';
import { useLookalike, useSelected } from '../../../app/store/hooks';

export interface Original {
  /** null: it is not at hand; undefined: that is not known yet. */
  file: File | null | undefined;
  /** Object URL of the file; null while there is none. */
  url: string | null;
  /** Asks for permission to read the folder that may hold it; null: there is nothing to ask. */
  ask: (() => void) | null;
}

const UNKNOWN: Original = { file: undefined, url: null, ask: null };

/** The file that a picture was taken from. */
export function useOriginal(picture: Picture | undefined): Original {
  const { originals, tellCause } = useLookalike();
  const dataset = useSelected(({ library }) => library.current);
  const [known, setKnown] = useState<Original & { of?: Picture }>(UNKNOWN);
  useEffect(() => {
    if (!picture || dataset === null) return;
    let [ended, url] = [false, ''];
    const find = async (ask: boolean): Promise<void> => {
      const found = await originals.find(dataset, picture, ask);
      if (ended) return;
      const file = found instanceof File ? found : null;
      url = file ? URL.createObjectURL(file) : '';
      const again = (): void => void find(true).catch(tellCause);
      setKnown({ of: picture, file, url: url || null, ask: found === 'ask' ? again : null });
    };
    find(false).catch(tellCause);
    return () => {
      ended = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [originals, tellCause, dataset, picture]);
  return known.of === picture ? known : UNKNOWN;
}
