import { standingRemarks } from '../../core/comparison/standing';
import type { ComparisonTable } from '../../core/comparison/table';
import { Remark } from '../../widgets/Remark';

/** What a comparison says in words: first where a run does worse than what needs no training. */
export function ComparisonWords({ table }: { table: ComparisonTable }) {
  return (
    <div className="compare-words">
      {table.remarks.map((remark) => (
        <Remark key={remark} tone="alarm">
          {remark}
        </Remark>
      ))}
      {standingRemarks(table).map(({ good, text }) => (
        <Remark key={text} tone={good ? 'good' : 'plain'}>
          {text}
        </Remark>
      ))}
    </div>
  );
}
