import { useActions, useSelected } from '../state/hooks';
import { testedColumn } from '../state/testing';
import { percent } from '../widgets/amounts';

/** Starts the tests, and says how far they are. */
export function RunTests({ of, words = 'Run tests' }: { of: readonly string[]; words?: string }) {
  const { runTests, cancelTests } = useActions();
  const testing = useSelected(({ tests }) => tests.testing);
  const column = useSelected(testedColumn);
  if (testing)
    return (
      <div className="testing">
        <p className="small" role="status">
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
    <button type="button" className="button" disabled={column === null} onClick={() => void runTests(of)}>
      {words}
    </button>
  );
}
