import { useMemo } from 'react';
import { useLookalike } from '../../../app/store/hooks';
import type { Column } from '../../../core/columns';
import { Chart, type ChartProps, type Picture } from '../../../widgets/Chart';
import { Envelope } from '../../../widgets/envelope';
import { trend } from '../../../widgets/trend';

/** Points a curve is thinned to: two for each pixel of a wide chart, and of a small one. */
const WIDE = 1600;
const SMALL = 600;

interface StepChartProps extends Omit<ChartProps, 'version' | 'read'> {
  column: Column;
  /** What is drawn beside the curves. */
  marks?: Pick<Picture, 'levels' | 'spans'>;
}

/** One column of the run over its steps; with two curves its values and their mean. */
export function StepChart({ column, marks = {}, ...chart }: StepChartProps) {
  const { metrics } = useLookalike().store;
  const { small = false } = chart;
  const read = useMemo(() => {
    const envelope = new Envelope(small ? SMALL : WIDE);
    const at = (step: number): number => metrics.at(column, step);
    return () => envelope.read({ first: metrics.first, last: metrics.last, rewritten: metrics.rewritten, at });
  }, [metrics, column, small]);
  return (
    <Chart
      {...chart}
      version={() => metrics.version}
      read={() => {
        const { x, y } = read();
        return { columns: chart.curves.length > 1 ? [x, y, trend(y)] : [x, y], ...marks };
      }}
    />
  );
}
