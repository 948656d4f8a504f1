import { useEffect, useRef, useState } from 'react';
import type { Gathered } from '../../app/store/actions';
import { useLookalike, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { counted } from '../../core/amounts';
import { ModalDialog } from '../../widgets/ModalDialog';
import { Choice } from './Choice';

/** Asks what to do with pictures that were given while a collection is on the page. The first choice is the likely one. */
export function WhereTo({ given, onClose }: { given: Gathered; onClose(): void }) {
  const lookalike = useLookalike();
  const current = useSelected(currentDataset);
  const namesake = useSelected(({ library }) => library.datasets.find(({ name }) => name === given.name));
  const choices = useRef<HTMLDivElement>(null);
  // The likely choice is where the keyboard starts, rather than the cross.
  useEffect(() => choices.current?.querySelector('button')?.focus(), []);
  const target = namesake ?? current;
  const then = (act: () => Promise<unknown>) => () => {
    onClose();
    void act().catch(lookalike.tellCause);
  };
  const importInto = (into?: string) => then(() => lookalike.actions.importFiles(given, { into }));
  const add = target && (
    <Choice
      icon="plus"
      title={`Add to “${target.name}”`}
      about={`${counted(target.count, 'picture')} there; only what is new is added.`}
      onChoose={importInto(target.id)}
    />
  );
  const find = given.only && current && (
    <Choice
      icon="look"
      title="Find pictures like it"
      about={`Searches “${current.name}” by it. It is not added.`}
      onChoose={then(async () => given.only && lookalike.actions.findLike(given.only))}
    />
  );
  const anew = (
    <Choice
      icon="folder"
      title="New collection"
      about={given.only ? 'Begins with this one picture.' : `Called “${given.name}”.`}
      onChoose={importInto()}
    />
  );
  // A folder with a name of its own is more likely another collection; loose files belong to the one on the page.
  const addFirst = namesake !== undefined || !given.named;
  return (
    <ModalDialog
      title={given.only ? given.only.name : 'Where do these pictures go?'}
      className="where-to"
      onClose={onClose}
    >
      <div ref={choices} className="dialog-body where-to-choices">
        {given.only && <Preview file={given.only} />}
        {find}
        {addFirst ? add : anew}
        {addFirst ? anew : add}
      </div>
    </ModalDialog>
  );
}

/** The given file, as the browser shows it; nothing where it cannot. */
function Preview({ file }: { file: File }) {
  const [address, setAddress] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address === '' ? null : (
    <img src={address} alt="" className="where-to-preview" onError={() => setAddress('')} />
  );
}
