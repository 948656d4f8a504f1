import { useState } from 'react';
import type { ChosenLabel } from '../../../app/store/slices';
import { count } from '../../../core/amounts';
import { Menu } from '../../../widgets/Menu';
import type { Offered } from './Filters';

/** Labels of a column drawn at a time; more are found by typing. */
const DRAWN = 100;

interface MoreFiltersProps {
  /** A list a column. */
  offered: readonly (readonly Offered[])[];
  isChosen(label: ChosenLabel): boolean;
  onToggle(label: ChosenLabel): void;
}

/** Every label of every column, behind one button. */
export function MoreFilters({ offered, isChosen, onToggle }: MoreFiltersProps) {
  const [words, setWords] = useState('');
  const fits = ({ name }: Offered): boolean =>
    name.toLocaleLowerCase('en').includes(words.trim().toLocaleLowerCase('en'));
  return (
    <Menu label="More" worded className="filter-more">
      <input
        type="search"
        className="field"
        aria-label="Find a label"
        placeholder="Find a label"
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      {offered.map((labels) => {
        const found = labels.filter(fits);
        return (
          found.length > 0 && (
            <fieldset key={labels[0].column}>
              <legend className="small muted">{labels[0].column}</legend>
              {found.slice(0, DRAWN).map(({ column, name, pictures }) => (
                <label key={name} className="check">
                  <input
                    type="checkbox"
                    checked={isChosen({ column, name })}
                    onChange={() => onToggle({ column, name })}
                  />
                  <bdi className="ellipsis">{name}</bdi>
                  <span className="muted">{count(pictures)}</span>
                </label>
              ))}
              {found.length > DRAWN && (
                <p className="small muted">and {count(found.length - DRAWN)} more: type to find them.</p>
              )}
            </fieldset>
          )
        );
      })}
    </Menu>
  );
}
