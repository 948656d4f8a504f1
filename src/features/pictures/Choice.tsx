import { Icon, type IconName } from '../../widgets/Icon';

interface ChoiceProps {
  icon: IconName;
  title: string;
  about: string;
  onChoose(): void;
}

/** One of several things to do, with a sentence about it. */
export function Choice({ icon, title, about, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="button where-to-choice" onClick={onChoose}>
      <Icon name={icon} />
      <span>
        {title}
        <span className="small muted">{about}</span>
      </span>
    </button>
  );
}
