import type { RecipeName } from '../config';
import { type MeasureName, measureWords } from '../measures';
import type { PeakMemory } from '../memory';
import type { Interval } from '../records';

/** One measure of one embedding beside those of others. */
export interface ComparisonCell {
  value: number;
  interval?: Interval;
  /** The best value of its column, where there are two or more. */
  best: boolean;
  /** One of several, the best among them, of which these pictures do not tell which is better: none of them stands out. */
  level: boolean;
}

export interface ComparisonColumn {
  measure: MeasureName;
  /** The label column it was taken with, where there is one. */
  labels?: string;
  /** Of frozen views: the recipe they were drawn by, so that those of other recipes stand in a column of their own. */
  recipe?: RecipeName;
  /** How the first row was evaluated; the others are evaluated alike. */
  protocol: string;
}

export type ColumnName = Pick<ComparisonColumn, 'measure' | 'labels' | 'recipe'>;

export interface ComparisonRow {
  /** A run's id, or a baseline. */
  id: string;
  name: string;
  /** Needs no training on these pictures. */
  baseline: boolean;
  /** The settings that differ between rows, in words. */
  settings: string;
  /** 0 where nothing was trained. */
  steps: number;
  seconds: number;
  /** Pictures drawn for its steps; 0 where nothing was trained. */
  images: number;
  /** Pictures a step, rows of the queue; null where there is none. */
  batch: number | null;
  queue: number | null;
  /** Of the executor while it trained; null where nothing was trained, or it was not recorded. */
  memory: PeakMemory | null;
  /** One a column; null where it was not measured. */
  cells: (ComparisonCell | null)[];
}

/** The part of a row that says what its training took, where nothing was trained. */
export const UNTRAINED_ROW = {
  settings: '',
  steps: 0,
  seconds: 0,
  images: 0,
  batch: null,
  queue: null,
  memory: null,
} as const satisfies Partial<ComparisonRow>;

/** Embeddings of one data set side by side. */
export interface ComparisonTable {
  columns: ComparisonColumn[];
  rows: ComparisonRow[];
}

/** '38.5–84.6', without the unit that the value beside it has; '-0.08 to 0.12' where a dash would be taken for a minus. */
export function measureRange(measure: MeasureName, { low, high }: Interval): string {
  const [from, to] = [low, high].map((end) => measureWords(measure, end).replace(' %', ''));
  return `${from}${low < 0 || high < 0 ? ' to ' : '–'}${to}`;
}

/** 'two-view R@1', with the views where they are not the usual ones: 'two-view R@1 of overhead views'. */
function titleOf({ measure, recipe }: ColumnName): string {
  if (recipe === 'natural' || (measure !== 'two-view R@1' && measure !== 'alignment')) return measure;
  return `${measure} of ${recipe ?? 'earlier'} views`;
}

/** 'kNN (folder)' */
export const columnWords = (column: ColumnName): string =>
  column.labels === undefined ? titleOf(column) : `${titleOf(column)} (${column.labels})`;
