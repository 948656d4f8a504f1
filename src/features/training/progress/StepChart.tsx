import { useLookalike } from '../../../app/store/hooks';
import type { Column } from '../../../core/columns';
import { Chart, type ChartProps, type Picture } from '../../../widgets/Chart';

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

interface StepChartProps extends Omit<ChartProps, 'version' | 'read'> {
  column: Column;
  /** What is drawn beside the curves. */
  marks?: Pick<Picture, 'levels' | 'spans'>;
}

/** One column of the run over its steps; with two curves its values and their mean. */
export function StepChart({ column, marks = {}, ...chart }: StepChartProps) {
  const { stepReports } = useLookalike().store;
  return (
    <Chart
      {...chart}
      version={() => stepReports.version}
      read={() => {
        const { first, length } = stepReports;
        const x = Float64Array.from({ length }, (_, i) => first + i);
        const y = x.map((step) => stepReports.at(column, step));
        return { columns: chart.curves.length > 1 ? [x, y, trend(y)] : [x, y], ...marks };
      }}
    />
  );
}
