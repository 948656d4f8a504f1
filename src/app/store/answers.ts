import { useEffect, useState } from 'react';
import { useLookalike } from './hooks';

/**
 * The answer to a question that is put again whenever `about` changes: the one before stays until the next is there.
 * `ask` null asks nothing; its signal says that the answer is no longer waited for, and what it tells of its progress is `share`. A question that fails is told to the user, and leaves no answer.
 */
export function useAnswer<T>(
  ask: ((signal: AbortSignal, onProgress: (share: number) => void) => Promise<T>) | null,
  about: string,
): { answer: T | null; waiting: boolean; failed: boolean; share: number } {
  const { tellCause } = useLookalike();
  const [answer, setAnswer] = useState<T | null>(null);
  const [waiting, setWaiting] = useState(false);
  const [failed, setFailed] = useState(false);
  const [share, setShare] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `about` says all that the question depends on.
  useEffect(() => {
    if (!ask) {
      setAnswer(null);
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    setWaiting(true);
    setFailed(false);
    setShare(0);
    ask(signal, (done) => !signal.aborted && setShare(done))
      .then((found) => !signal.aborted && setAnswer(found))
      .catch((cause) => {
        if (signal.aborted) return;
        setAnswer(null);
        setFailed(true);
        tellCause(cause);
      })
      .finally(() => !signal.aborted && setWaiting(false));
    return () => controller.abort();
  }, [about]);
  return { answer, waiting, failed, share };
}
