import { useEffect, useState } from 'react';
import { useLookalike } from './hooks';

/**
 * The answer to a question that is put again whenever `about` changes: the one before stays until the next is there.
 * `ask` null asks nothing. A question that fails is told to the person, and leaves no answer.
 */
export function useAnswer<T>(
  ask: (() => Promise<T>) | null,
  about: string,
): { answer: T | null; waiting: boolean; failed: boolean } {
  const { tellCause } = useLookalike();
  const [answer, setAnswer] = useState<T | null>(null);
  const [waiting, setWaiting] = useState(false);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `about` says all that the question depends on.
  useEffect(() => {
    if (!ask) {
      setAnswer(null);
      return;
    }
    let current = true;
    setWaiting(true);
    setFailed(false);
    ask()
      .then((found) => current && setAnswer(found))
      .catch((cause) => {
        if (!current) return;
        setAnswer(null);
        setFailed(true);
        tellCause(cause);
      })
      .finally(() => current && setWaiting(false));
    return () => {
      current = false;
    };
  }, [about]);
  return { answer, waiting, failed };
}
