import { testedColumn } from '../../../app/session/testedLabels';
import { useActions, useSelected } from '../../../app/store/hooks';
import { percent } from '../../../core/amounts';
import { useLabelNames } from '../labelNames';

interface RunTestsProps {
  of: readonly string[];
  /** Undefined: the chosen labels; null: all labels there are. */
  column?: string | null;
  words?: string;
}

/** Starts the tests, and says how far they are. */
export function RunTests({ of, column, words = 'Run tests' }: RunTestsProps) {
  const { runTests, cancelTests } = useActions();
  const testing = useSelected(({ tests }) => tests.testing);
  const names = useLabelNames();
  const chosen = useSelected(testedColumn);
  const wanted = column === null ? names : [column ?? chosen].filter((name) => name !== null);
  if (testing)
    return (
      <div className="testing">
        <p className="small" aria-live="polite">
          {testing.message}
          {testing.progress > 0 && ` · ${percent(testing.progress)}`}
        </p>
        <progress aria-label="Tests" max={1} value={testing.progress} />
        <button type="button" className="button" onClick={cancelTests}>
          Cancel
        </button>
      </div>
    );
  return (
    <button
      type="button"
      className="button"
      disabled={chosen === null}
      onClick={() => wanted.map((name) => runTests(of, name))}
    >
      {words}
    </button>
  );
}
