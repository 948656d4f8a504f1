import { type FaultReport, faultReport } from '../../core/fault';
import { isAbort } from '../../protocol/call';
import type { Store } from './store';

let given = 0;

/** Shows a fault until it is dismissed. The same one is not shown twice: a full disk stops many things, and is said once. */
export function tell(store: Store, fault: FaultReport): void {
  const { faults } = store.getState();
  const same = ({ kind, message, advice }: FaultReport): boolean =>
    advice === fault.advice && (message === fault.message || (kind === 'storage' && fault.kind === 'storage'));
  if (faults.some(same)) return;
  store.setState({ faults: [...faults, { ...fault, id: ++given }] });
}

/** Says what came of something the user asked for, for a while. */
export const announce = (store: Store, note: string): void => store.setState({ note });

/** What is said of a stored record that is damaged and was left out. */
export const leftOut = (what: string): FaultReport => ({
  kind: 'data',
  message: `${what} is damaged in the browser's storage, and is left out.`,
  advice: 'Everything else is as it was.',
});

/** Shows whatever was thrown, as a fault or as the bug it is; nothing of what was only ended. */
export function tellCause(store: Store, cause: unknown): void {
  if (!isAbort(cause)) tell(store, faultReport(cause));
}

export function dismiss(store: Store, id: number): void {
  store.setState(({ faults }) => ({ faults: faults.filter((fault) => fault.id !== id) }));
}

/** Puts away all faults of these kinds: what they say is no longer so, or no longer of interest. */
export function dismissKinds(store: Store, ...kinds: FaultReport['kind'][]): void {
  store.setState(({ faults }) => ({ faults: faults.filter(({ kind }) => !kinds.includes(kind)) }));
}
