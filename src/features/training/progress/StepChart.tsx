import { useLookalike } from '../../../app/store/hooks';
import type { Column } from '../../../core/columns';
import { Chart, type ChartProps, type Curve, type Picture } from '../../../widgets/Chart';

/** Mean of y over a window that slides along, `share` of the points wide: the trend under the noise. */
function trend(y: Float64Array, share = 0.04, least = 9): Float64Array {
  const reach = Math.floor(Math.max(least, y.length * share) / 2);
  const sums = new Float64Array(y.length + 1);
  for (let i = 0; i < y.length; i++) sums[i + 1] = sums[i] + y[i];
  return y.map((_, i) => {
    // The window narrows towards both ends, and stays even-handed there: no lag, no invented trend.
    const wide = Math.min(reach, i, y.length - 1 - i);
    return (sums[i + wide + 1] - sums[i - wide]) / (2 * wide + 1);
  });
}

const VALUE_AND_MEAN: Curve[] = [
  { label: 'value', colour: '--chart-faint', width: 1 },
  { label: 'mean', colour: '--chart-run', width: 2 },
];
const VALUE: Curve[] = [{ label: 'value', colour: '--chart-run', width: 1.5 }];

interface StepChartProps extends Omit<ChartProps, 'curves' | 'version' | 'read'> {
  column: Column;
  /** Its mean is drawn as well. */
  withMean?: boolean;
  /** What is drawn beside the curves. */
  marks?: Pick<Picture, 'levels' | 'spans'>;
}

/** One column of the run over its steps. */
export function StepChart({ column, withMean = false, marks = {}, ...chart }: StepChartProps) {
  const { stepReports } = useLookalike().store;
  return (
    <Chart
      {...chart}
      curves={withMean ? VALUE_AND_MEAN : VALUE}
      version={() => stepReports.version}
      read={() => {
        const { first, length } = stepReports;
        const x = Float64Array.from({ length }, (_, i) => first + i);
        const y = x.map((step) => stepReports.at(column, step));
        return { columns: withMean ? [x, y, trend(y)] : [x, y], ...marks };
      }}
    />
  );
}
