import type { ComponentType, ReactNode } from 'react';
import { useActions, useSelected } from '../../app/store/hooks';
import type { TidyPart } from '../../app/store/slices';
import { Clusters } from './Clusters';
import { Diverse } from './Diverse';
import { Duplicates } from './Duplicates';
import { MislabelledPictures } from './MislabelledPictures';
import { Suggest } from './Suggest';
import { Unusual } from './Unusual';
import './explore.css';

const PARTS: Readonly<Record<TidyPart, { name: string; Part: ComponentType }>> = {
  clusters: { name: 'Clusters', Part: Clusters },
  duplicates: { name: 'Duplicates', Part: Duplicates },
  unusual: { name: 'Unusual', Part: Unusual },
  mislabelled: { name: 'Mislabelled?', Part: MislabelledPictures },
  diverse: { name: 'Diverse sample', Part: Diverse },
  suggest: { name: 'Suggest labels', Part: Suggest },
};

interface TidyUpProps {
  modes: ReactNode;
  /** Over the tools while pictures are selected. */
  selection: ReactNode;
  /** The keys that label, where pictures are to be labelled. */
  keys: ReactNode;
}

/** What may be wrong with the pictures, and what stands for them all: each a list that can be selected. */
export function TidyUp({ modes, selection, keys }: TidyUpProps) {
  const { browse } = useActions();
  const shown = useSelected((state) => state.browse.tidy);
  const { Part } = PARTS[shown];
  return (
    <section className="pictures" aria-label="Tidy up">
      <div className="pictures-bar">
        {modes}
        <fieldset className="chips tidy-parts">
          <legend className="visually-hidden">What to look for</legend>
          {(Object.keys(PARTS) as TidyPart[]).map((part) => (
            <button
              key={part}
              type="button"
              className="chip"
              aria-pressed={part === shown}
              onClick={() => browse({ mode: 'tidy', tidy: part })}
            >
              {PARTS[part].name}
            </button>
          ))}
        </fieldset>
        {selection}
      </div>
      {(shown === 'diverse' || shown === 'suggest') && keys}
      <Part />
    </section>
  );
}
