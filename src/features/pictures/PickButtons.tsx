import { useActions } from '../../app/store/hooks';
import { Icon } from '../../widgets/Icon';
import { usePicker } from './Picker';

/** The two ways to give pictures besides dropping them; on the first visit the app's own pictures as a third. */
export function PickButtons({ large = false, sample = false }: { large?: boolean; sample?: boolean }) {
  const { chooseFolder, chooseFiles } = usePicker();
  const { importSample } = useActions();
  const size = large ? 'button large' : 'button';
  return (
    <div className="pick-buttons">
      <button type="button" className={large ? `${size} primary` : size} onClick={() => chooseFolder()}>
        <Icon name="folder" />
        Choose folder
      </button>
      <button type="button" className={size} onClick={() => chooseFiles()}>
        <Icon name="files" />
        Choose files
      </button>
      {sample && (
        <button type="button" className={size} onClick={() => void importSample()}>
          <Icon name="grid" />
          Try with sample pictures
        </button>
      )}
    </div>
  );
}
