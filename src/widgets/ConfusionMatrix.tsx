import type { CSSProperties } from 'react';

interface ConfusionMatrixProps {
  label: string;
  names: readonly string[];
  /** [n, n], row by row. */
  counts: readonly number[];
  chosen: number | null;
  onChoose(place: number): void;
}

/** A square of counts; how full a cell is says which share of its line it holds. Cells with something in them open it. */
export function ConfusionMatrix({ label, names, counts, chosen, onChoose }: ConfusionMatrixProps) {
  const { length } = names;
  const sums = names.map((_, row) => counts.slice(row * length, (row + 1) * length).reduce((a, b) => a + b, 0));
  return (
    <div className="table-scroll">
      <table className="confusion" aria-label={label}>
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" title={name}>
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row" title={name}>
                <bdi>{name}</bdi>
              </th>
              {names.map((other, column) => {
                const place = row * length + column;
                const count = counts[place];
                return (
                  <td key={other} className={row === column ? 'right' : 'wrong'}>
                    {count > 0 && (
                      <button
                        type="button"
                        className="figure"
                        aria-pressed={place === chosen}
                        aria-label={`${count} of ${name} taken for ${other}`}
                        // The number must be read on every fullness: it stands on the panel's own colour up to a half.
                        style={{ '--share': `${Math.round(50 * (count / sums[row]))}%` } as CSSProperties}
                        onClick={() => onChoose(place)}
                      >
                        {count}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
