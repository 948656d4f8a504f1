import { expect, test } from 'vitest';
import { countingExit, tallyOf, tallyOfPlaywright, tallyOfVitest } from './tally';

test('a test file that could not be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(tallyOfVitest(report)).toEqual({ passed: 3, failed: 2 });
});

test('a flaky end-to-end test counts as a failure', () => {
  expect(tallyOfPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 } })).toEqual({
    passed: 5,
    failed: 2,
  });
});

test('a runner that failed is never green, with or without a report', () => {
  expect(countingExit({ passed: 9, failed: 0 }, 1)).toEqual({ passed: 9, failed: 1 });
  expect(tallyOf('no-such-report.json', tallyOfVitest, 1)).toEqual({ passed: 0, failed: 1 });
  expect(tallyOf('no-such-report.json', tallyOfVitest, 0)).toEqual({ passed: 0, failed: 1 });
});
