import type { DatasetChange } from '../../core/records';
import type { Parts } from './parts';

type Memory = Parts['memory'];

const key = (dataset: string): string => `lookalike.unsaved.${dataset}`;

/**
 * Remembers a change until its thread has stored it: the tab may be closed before. Returns what to call then.
 */
export function remember(memory: Memory, dataset: string, values: DatasetChange): () => void {
  const entries = Object.entries({ ...recall(memory, dataset), ...values });
  // JSON has no word for a value that is taken back.
  const text = JSON.stringify(entries.map(([field, value]) => [field, value ?? null]));
  memory.setItem(key(dataset), text);
  return () => {
    if (memory.getItem(key(dataset)) === text) forgetChange(memory, dataset);
  };
}

/** What an earlier visit changed and did not get to store; null: nothing. */
export function recall(memory: Memory, dataset: string): DatasetChange | null {
  const text = memory.getItem(key(dataset));
  if (text === null) return null;
  const entries = JSON.parse(text) as [string, unknown][];
  return Object.fromEntries(entries.map(([field, value]) => [field, value ?? undefined]));
}

export const forgetChange = (memory: Memory, dataset: string): void => memory.removeItem(key(dataset));
