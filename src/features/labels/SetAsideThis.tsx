import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { Icon } from '../../widgets/Icon';

/** Sets one picture aside, or restores it. */
export function SetAsideThis({ row }: { row: number }) {
  const { setAside } = useActions();
  const aside = useSelected((state) => currentDataset(state)?.setAside?.includes(row) ?? false);
  return (
    <button
      type="button"
      className="button"
      title={
        aside ? 'Restore' : 'Set aside: hides it from the pictures, search, training and tests (X); deletes nothing'
      }
      onClick={() => void setAside([row], !aside)}
    >
      <Icon name="aside" />
      <span className="deed-words">{aside ? 'Restore' : 'Set aside'}</span>
    </button>
  );
}
