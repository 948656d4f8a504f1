import { testedColumn } from '../../../app/session/testedLabels';
import { useActions, useSelected } from '../../../app/store/hooks';
import { percent } from '../../../core/amounts';

interface RunTestsProps {
  of: readonly string[];
  /** Undefined: the chosen labels. */
  columns?: readonly string[];
  words?: string;
}

/** Starts the tests, and says how far they are. */
export function RunTests({ of, columns, words = 'Run tests' }: RunTestsProps) {
  const { runTests, cancelTests } = useActions();
  const testing = useSelected(({ tests }) => tests.testing);
  const chosen = useSelected(testedColumn);
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
    <button type="button" className="button" disabled={chosen === null} onClick={() => runTests(of, columns)}>
      {words}
    </button>
  );
}
