import { type ComponentType, type ReactNode, useState } from 'react';
import { useSelected } from '../../app/store/hooks';
import { Diverse } from './Diverse';
import { Duplicates } from './Duplicates';
import { MislabelledPictures } from './MislabelledPictures';
import { Unusual } from './Unusual';
import './explore.css';

const PARTS: readonly { name: string; Part: ComponentType }[] = [
  { name: 'Duplicates', Part: Duplicates },
  { name: 'Unusual', Part: Unusual },
  { name: 'Mislabelled?', Part: MislabelledPictures },
  { name: 'Diverse sample', Part: Diverse },
];

/** What may be wrong with the pictures, and what stands for them all: each a list that can be selected. */
export function TidyUp({ modes, selection }: { modes: ReactNode; selection: ReactNode }) {
  const picking = useSelected(({ labels }) => labels.picking !== null);
  const [shown, setShown] = useState(0);
  const { Part } = PARTS[shown];
  return (
    <section className="pictures" aria-label="Tidy up">
      <div className="pictures-bar">
        {picking ? (
          selection
        ) : (
          <>
            {modes}
            <fieldset className="chips tidy-parts">
              <legend className="visually-hidden">What to look for</legend>
              {PARTS.map(({ name }, place) => (
                <button
                  key={name}
                  type="button"
                  className="chip"
                  aria-pressed={place === shown}
                  onClick={() => setShown(place)}
                >
                  {name}
                </button>
              ))}
            </fieldset>
          </>
        )}
      </div>
      <Part />
    </section>
  );
}
