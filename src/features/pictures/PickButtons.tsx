import { Icon } from '../../widgets/Icon';
import { usePicker } from './Picker';

/** The ways to give pictures besides dropping them. */
export function PickButtons() {
  const { chooseFolder, chooseFiles, chooseBackup } = usePicker();
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
      <button type="button" className="button large quiet" onClick={chooseBackup}>
        Open a back-up
      </button>
    </div>
  );
}
