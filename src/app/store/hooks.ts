import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand/react';
import type { Originals } from '../pictures/originals';
import type { Picture, Thumbnails } from '../pictures/thumbnails';
import type { Actions } from './actions';
import type { StepReports } from './stepReports';
import type { State, Store } from './store';

/** What panels reach the rest through. */
export interface Lookalike {
  store: Store;
  actions: Actions;
  pictures: Thumbnails;
  originals: Originals;
  /** Shows what was thrown to a panel that waited for an action. */
  tellCause(cause: unknown): void;
}

export const LookalikeContext = createContext<Lookalike | null>(null);

export function useLookalike(): Lookalike {
  const lookalike = useContext(LookalikeContext);
  if (!lookalike) throw new Error('useLookalike: outside of LookalikeContext');
  return lookalike;
}

/** Part of the state. The selector must give the same object for the same state, or the component renders for ever. */
export const useSelected = <T>(selector: (state: State) => T): T => useStore(useLookalike().store, selector);

export const useActions = (): Actions => useLookalike().actions;

/** A picture of the current data set: undefined until it has been read, and for null. */
export function usePicture(row: number | null): Picture | undefined {
  const { pictures } = useLookalike();
  const subscribe = useCallback((listener: () => void) => pictures.subscribe(listener), [pictures]);
  return useSyncExternalStore(subscribe, () => (row === null ? undefined : pictures.peek(row)));
}

/** Something read from the step columns, at most four times a second: for figures a user reads, not for charts. */
export function useStepReports<T>(read: (stepReports: StepReports) => T, milliseconds = 250): T {
  const { stepReports } = useLookalike().store;
  const [, render] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    const stop = stepReports.subscribe(() => {
      timer.current ??= setTimeout(() => {
        timer.current = null;
        render(stepReports.version);
      }, milliseconds);
    });
    return () => {
      stop();
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [stepReports, milliseconds]);
  return read(stepReports);
}
