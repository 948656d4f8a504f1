import type { LabelColumn } from '../../core/labels/column';

interface LabelChoiceProps {
  columns: readonly LabelColumn[];
  chosen: string;
  onChoose(name: string): void;
}

/** Which labels a list goes by. */
export function LabelChoice({ columns, chosen, onChoose }: LabelChoiceProps) {
  return (
    <label className="sort-choice">
      <span className="muted">Labels</span>
      <select className="field" value={chosen} onChange={({ target }) => onChoose(target.value)}>
        {columns.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
