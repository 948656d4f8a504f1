import { Icon } from '../../widgets/Icon';
import { usePicker } from './Picker';

/** The two ways to give pictures besides dropping them. */
export function PickButtons() {
  const { chooseFolder, chooseFiles } = usePicker();
  return (
    <div className="pick-buttons">
      <button type="button" className="button large primary" onClick={() => chooseFolder()}>
        <Icon name="folder" />
        Choose folder
      </button>
      <button type="button" className="button large" onClick={() => chooseFiles()}>
        <Icon name="files" />
        Choose files
      </button>
    </div>
  );
}
