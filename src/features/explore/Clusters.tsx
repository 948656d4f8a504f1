import { type FormEvent, useState } from 'react';
import { useAnswer } from '../../app/store/answers';
import { useActions, useSelected } from '../../app/store/hooks';
import { currentDataset } from '../../app/store/store';
import { count, counted } from '../../core/amounts';
import type { LabelColumn } from '../../core/labels/column';
import { keptCount } from '../../core/set_aside';
import { HowMany } from './HowMany';
import { mostlyIn } from './mostlyIn';
import { PickableTiles } from './PickableTiles';
import { useSearched } from './searched';
import { useListed } from './useListed';
import { Waiting } from './Waiting';

const MOST = 60;
/** Of a cluster: the most typical, and some beside it. */
const DRAWN = 5;

/** Pictures in groups of similar ones, each of which can be named: its name is their label. */
export function Clusters() {
  const { clusters } = useActions();
  const searched = useSearched();
  const dataset = useSelected(currentDataset);
  const total = dataset ? keptCount(dataset) : 0;
  const [chosen, setChosen] = useState<number | null>(null);
  const wanted = chosen ?? Math.min(40, Math.max(2, Math.round(Math.sqrt(total))));
  const { answer, waiting, failed, share } = useAnswer(
    searched ? (signal, onProgress) => clusters(wanted, signal, onProgress) : null,
    searched && `${searched} ${wanted}`,
  );
  const into = useSelected(({ labels, browse }) => browse.columns.find(({ name }) => name === labels.into));
  const folder = useSelected(({ browse }) => browse.columns.find(({ kind }) => kind === 'class'));
  useListed(answer?.flat() ?? []);
  if (!answer) return <Waiting failed={failed} searched={searched} share={share} />;
  return (
    <>
      <div className="tidy-bar">
        <HowMany wanted={wanted} of={total} most={MOST} onWanted={setChosen} />
        <span className="muted" role="status">
          {waiting ? (
            <progress aria-label="Grouping the pictures" value={share} />
          ) : (
            `${counted(answer.length, 'group')} of similar pictures, each with its most typical picture first.`
          )}
        </span>
      </div>
      <ol className="tidy-groups clusters" aria-busy={waiting}>
        {answer.map((rows) => (
          <Cluster key={`${rows[0]} ${rows.length}`} rows={rows} into={into} folder={folder} />
        ))}
      </ol>
    </>
  );
}

interface ClusterProps {
  rows: readonly number[];
  /** The column that a name goes into, and the one that says what they are otherwise. */
  into: LabelColumn | undefined;
  folder: LabelColumn | undefined;
}

function Cluster({ rows, into, folder }: ClusterProps) {
  const { giveLabel, pickRows } = useActions();
  const column = useSelected(({ labels }) => labels.into);
  const busy = useSelected(({ labels }) => labels.busy);
  const [typed, setTyped] = useState<string | null>(null);
  const own = mostlyIn(into, rows);
  const name = typed ?? own?.name ?? '';
  const mostly = own ?? mostlyIn(folder, rows);
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    void giveLabel(column, name.trim(), rows);
    setTyped(null);
  };
  return (
    <li>
      <PickableTiles label={counted(rows.length, 'similar picture')} rows={rows.slice(0, DRAWN)} />
      <p className="cluster-words small muted">
        <span>{counted(rows.length, 'picture')}</span>
        {mostly && (
          <bdi className="ellipsis">
            {mostly.pictures === rows.length ? 'all' : `${count(mostly.pictures)}`} “{mostly.name}”
          </bdi>
        )}
      </p>
      <form className="cluster-deeds" onSubmit={give}>
        <input
          className="field"
          aria-label={`Name in “${column}”`}
          placeholder="Name"
          value={name}
          maxLength={80}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button
          type="submit"
          className="button"
          title={`Gives all ${count(rows.length)} this label in “${column}”`}
          disabled={busy || name.trim() === '' || (own?.name === name.trim() && own.pictures === rows.length)}
        >
          Label
        </button>
        <button type="button" className="button quiet" onClick={() => pickRows(rows)}>
          Select
        </button>
      </form>
    </li>
  );
}
