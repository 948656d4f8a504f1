import { useEffect, useId, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { count } from '../core/amounts';
import { chartOptions } from './chartOptions';
import { onColours } from './colours';
import { onFrame } from './frames';

/** One curve. Colours are names of custom properties of the style sheet. */
export interface Curve {
  label: string;
  colour: string;
  width?: number;
  dash?: number[];
  /** Marks every point and joins them over what is null between: for curves of a few points. */
  marked?: boolean;
}

/** A level to compare with, drawn across and labelled. */
export interface Level {
  y: number;
  label: string;
  colour: string;
}

/** A stretch of x that is shaded, with a word. */
export interface Span {
  from: number;
  to: number;
  label: string;
}

/** What a chart shows at one moment: x, then one column a curve, all of one length. */
export interface Picture {
  columns: [Float64Array, ...(Float64Array | (number | null)[])[]];
  levels?: Level[];
  spans?: Span[];
}

export interface ChartProps {
  /** Names the chart for assistive technology, which reads the table beside it for values. */
  label: string;
  height: number;
  curves: Curve[];
  /** Called at most once a frame; a new number means that `read` has something new. */
  version: () => number;
  read: () => Picture;
  /** Lower and upper end of the scale where they are given, else they follow the values. */
  range?: readonly [number | null, number | null];
  /** What the scale covers at least: a small change is not to look like a fall. */
  span?: number;
  format?: (value: number) => string;
  /** What x is, where it is not steps. */
  formatX?: (value: number) => string;
  nameX?: string;
  /** No axis labels: for small charts in a row. */
  small?: boolean;
}

/**
 * Curves over steps, drawn by uPlot at most once a frame and only when something is new. React owns the empty box; what is
 * in it is drawn by hand. Colours follow the theme, the size follows the box.
 */
export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  const current = useRef(props);
  const id = useId();
  current.current = props;
  const { height, small = false, curves } = props;
  // Curves are told apart by what they look like: a new array of the same curves must not rebuild the chart.
  const shape = JSON.stringify(curves);

  useEffect(() => {
    const holder = box.current;
    if (!holder) return;
    const marks: Required<Pick<Picture, 'levels' | 'spans'>> = { levels: [], spans: [] };
    const say = (words: string): void => {
      if (readout.current) readout.current.textContent = words;
    };
    const options = chartOptions({
      width: holder.clientWidth || 300,
      height,
      small,
      curves: JSON.parse(shape) as Curve[],
      marks,
      range: () => current.current.range ?? [null, null],
      span: () => current.current.span ?? 0,
      format: (value) => (current.current.format ?? String)(value),
      formatX: (value) => (current.current.formatX ?? count)(value),
      nameX: current.current.nameX ?? 'Step',
      say,
    });
    const plot = new uPlot(
      options,
      [new Float64Array(0), ...options.series.slice(1).map(() => new Float64Array(0))],
      holder,
    );
    let shown = Number.NaN;
    const stopFrames = onFrame(() => {
      const version = current.current.version();
      if (version === shown) return false;
      shown = version;
      const { columns, levels = [], spans = [] } = current.current.read();
      Object.assign(marks, { levels, spans });
      plot.setData(columns);
      return true;
    });
    const stopColours = onColours(() => plot.redraw(false, true));
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (width > 0 && width !== plot.width) plot.setSize({ width, height });
    });
    observer.observe(holder);
    return () => {
      stopFrames();
      stopColours();
      observer.disconnect();
      plot.destroy();
    };
  }, [shape, height, small]);

  return (
    <figure className={small ? 'chart small-chart' : 'chart'} aria-labelledby={id}>
      <figcaption id={id} className="visually-hidden">
        {props.label}
      </figcaption>
      <div ref={box} className="chart-box" aria-hidden="true" />
      <p ref={readout} className="chart-readout" aria-hidden="true" />
    </figure>
  );
}
