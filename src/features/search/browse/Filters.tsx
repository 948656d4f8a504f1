import { useEffect, useMemo, useRef, useState } from 'react';
import { RemovePictures } from '../../../app/pictures/RemovePictures';
import { useActions, useSelected } from '../../../app/store/hooks';
import type { ChosenLabel } from '../../../app/store/slices';
import { currentDataset } from '../../../app/store/store';
import { count } from '../../../core/amounts';
import { classCounts } from '../../../core/labels/summary';
import { asideCount } from '../../../core/set_aside';
import { Icon } from '../../../widgets/Icon';
import { useRovingTiles } from '../../../widgets/roving';
import { MoreFilters } from './MoreFilters';

/** Labels within reach; the others are behind "More". */
const WITHIN_REACH = 12;

export interface Offered extends ChosenLabel {
  pictures: number;
}

/** Labels to show pictures by: the most frequent of the first column, the chosen ones, and a list of all. */
export function Filters() {
  const { browse, toggleLabel, search, setAside } = useActions();
  const { columns, chosen, rows, aside: onlyAside } = useSelected((state) => state.browse);
  const dataset = useSelected(currentDataset);
  const aside = dataset ? asideCount(dataset) : 0;
  const offered = useMemo(() => {
    const hidden = new Set(dataset?.setAside);
    return columns
      .filter((column) => column.kind === 'class')
      .map((column) => ({
        ...column,
        values: column.values.map((value, row) => (hidden.has(row) === onlyAside ? value : null)),
      }))
      .map((column) => classCounts(column).map((one): Offered => ({ column: column.name, ...one })));
  }, [columns, dataset?.setAside, onlyAside]);
  const isChosen = ({ column, name }: ChosenLabel): boolean =>
    chosen.some((one) => one.column === column && one.name === name);
  // All of whose pictures are set aside: it still filters, and can be taken away.
  const others = chosen.filter(
    ({ column, name }) => !offered.flat().some((one) => one.column === column && one.name === name),
  );
  const all = [...offered.flat(), ...others.map((one): Offered => ({ ...one, pictures: 0 }))];
  const [first = []] = offered;
  const frequent = first.slice(0, WITHIN_REACH);
  const within = [...all.filter((one) => isChosen(one) && !frequent.includes(one)), ...frequent];
  const strip = useRef<HTMLDivElement>(null);
  // Chosen elsewhere, or in a row that has become shorter, it would be out of sight.
  useEffect(() => {
    if (chosen.length === 1)
      strip.current
        ?.querySelector('.chips [aria-pressed=true]')
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  if (all.length === 0 && !aside) return null;
  return (
    <div className="filters">
      <div ref={strip} className="filter-strip">
        {aside > 0 && (
          <button
            type="button"
            className="chip chip-aside"
            aria-pressed={onlyAside}
            title="Pictures that you have set aside"
            onClick={() => browse({ aside: !onlyAside })}
          >
            <Icon name="aside" />
            Set aside <span className="chip-count">{count(aside)}</span>
          </button>
        )}
        {onlyAside && rows && (
          <>
            <button type="button" className="button quiet" onClick={() => void setAside(rows, false)}>
              Restore {count(rows.length)}
            </button>
            <RemovePictures rows={rows} />
          </>
        )}
        {within.length > 0 && (
          <Chips chips={within} first={first[0]?.column} isChosen={isChosen} onToggle={toggleLabel} />
        )}
      </div>
      {all.length > within.length && <MoreFilters offered={offered} isChosen={isChosen} onToggle={toggleLabel} />}
      {chosen.length > 0 && (
        <>
          <button
            type="button"
            className="button quiet filter-deed"
            title="Clear"
            onClick={() => browse({ chosen: [] })}
          >
            <Icon name="close" />
            <span>Clear</span>
          </button>
          {rows && rows.length > 0 && (
            <button
              type="button"
              className="button quiet filter-deed"
              title="Find similar: finds pictures like these that do not have the label"
              onClick={() => search([{ rows, unlike: false }])}
            >
              <Icon name="look" />
              <span>Find similar</span>
            </button>
          )}
        </>
      )}
    </div>
  );
}

interface ChipsProps {
  chips: readonly Offered[];
  /** Column whose name goes without saying. */
  first: string | undefined;
  isChosen(label: ChosenLabel): boolean;
  onToggle(label: ChosenLabel): void;
}

/** One Tab stop; arrows move between the chips. */
function Chips({ chips, first, isChosen, onToggle }: ChipsProps) {
  const [last, setLast] = useState(0);
  const active = Math.min(last, chips.length - 1);
  const { box, handlers } = useRovingTiles({
    count: chips.length,
    active,
    columns: () => chips.length,
    page: () => 1,
    onActive: setLast,
    onChoose: (index) => onToggle({ column: chips[index].column, name: chips[index].name }),
  });
  return (
    <div ref={box} className="chips" role="toolbar" aria-label="Filter by label" {...handlers}>
      {chips.map((chip, index) => (
        <button
          key={`${chip.column}/${chip.name}`}
          type="button"
          data-tile={index}
          className="chip"
          tabIndex={index === active ? 0 : -1}
          aria-pressed={isChosen(chip)}
        >
          {chip.column !== first && <span className="muted">{chip.column} </span>}
          <bdi className="ellipsis">{chip.name}</bdi> <span className="chip-count">{count(chip.pictures)}</span>
        </button>
      ))}
    </div>
  );
}
