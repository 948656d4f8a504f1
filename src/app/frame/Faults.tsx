import { Icon } from '../../widgets/Icon';
import { useActions, useSelected } from '../store/hooks';

/** What went wrong and what to do now, over the page until it is put away. */
export function Faults() {
  const { dismissFault } = useActions();
  const faults = useSelected((state) => state.faults);
  return (
    <aside className="faults" aria-label="Messages">
      {faults.map(({ id, message, advice }) => (
        <div key={id} role="alert" className="fault">
          <Icon name="alert" />
          <div className="fault-words">
            <p>{message}</p>
            {advice && <p className="muted">{advice}</p>}
          </div>
          <button
            type="button"
            className="button quiet icon"
            aria-label="Dismiss message"
            onClick={() => dismissFault(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </aside>
  );
}
