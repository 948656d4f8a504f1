import { useLookalike } from '../../../app/store/hooks';
import type { Column } from '../../../core/columns';
import { Chart, type ChartProps, type Picture } from '../../../widgets/Chart';
import { trend } from '../../../widgets/trend';

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
