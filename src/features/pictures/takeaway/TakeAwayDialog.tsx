import { useState } from 'react';
import { searchedNow } from '../../../app/encoders/searchOrder';
import { useLookalike, useSelected } from '../../../app/store/hooks';
import type { TakeAway } from '../../../app/store/pictureActions';
import { counted } from '../../../core/amounts';
import { ModalDialog } from '../../../widgets/ModalDialog';
import { Choice } from '../Choice';

/** Asks as what pictures are taken away. */
export function TakeAwayDialog({ rows, onClose }: { rows: readonly number[]; onClose(): void }) {
  const { actions, tellCause } = useLookalike();
  const columns = useSelected(({ browse }) => browse.columns);
  const into = useSelected(({ labels }) => labels.into);
  const [chosen, setChosen] = useState(into);
  const searched = useSelected((state) => searchedNow(state) !== null);
  const [byLabel, setByLabel] = useState(false);
  const column = (columns.find(({ name }) => name === chosen) ?? columns[0])?.name ?? null;
  const take = (as: TakeAway['as']) => () => {
    onClose();
    void actions.takeAway(rows, { as, column, byLabel: byLabel && column !== null }).catch(tellCause);
  };
  return (
    <ModalDialog title={`Download ${counted(rows.length, 'picture')}`} className="where-to" onClose={onClose}>
      <div className="dialog-body where-to-choices">
        <Choice
          icon="save"
          title="As a zip"
          about="Your own files where they are at hand, else the stored thumbnails of 320 px."
          onChoose={take('zip')}
        />
        {window.showDirectoryPicker && (
          <Choice
            icon="folder"
            title="Copy into a folder"
            about="The same, one by one. Nothing in the folder is replaced; your own files stay where they are."
            onChoose={take('folder')}
          />
        )}
        <Choice icon="files" title="As a list" about="A CSV of path, label and SHA-256." onChoose={take('csv')} />
        {searched && (
          <Choice
            icon="files"
            title="Similar pictures as a list"
            about="A CSV of the ten most similar to each, such as related products."
            onChoose={take('similar')}
          />
        )}
        {column !== null && (
          <div className="takeaway-labels">
            <label className="check">
              <input type="checkbox" checked={byLabel} onChange={({ target }) => setByLabel(target.checked)} />A folder
              for each label
            </label>
            {columns.length > 1 && (
              <select
                className="field"
                aria-label="Labels"
                value={column}
                onChange={({ target }) => setChosen(target.value)}
              >
                {columns.map(({ name }) => (
                  <option key={name} value={name}>
                    {name === 'folder' ? 'Folder' : name}
                  </option>
                ))}
              </select>
            )}
          </div>
        )}
      </div>
    </ModalDialog>
  );
}
