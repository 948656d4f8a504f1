import { existsSync, readFileSync } from 'node:fs';

/** Tests that passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

export const add = (a: Tally, b: Tally): Tally => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** A runner that failed counts as one failure at least, also when its report is missing or knows of none. */
export function countingExit(tally: Tally, exitCode: number): Tally {
  return { ...tally, failed: exitCode === 0 ? tally.failed : Math.max(1, tally.failed) };
}

/** Reads a runner's JSON report; a missing one has passed nothing. */
export function tallyOf(file: string, read: (report: unknown) => Tally, exitCode: number): Tally {
  const nothing = { passed: 0, failed: exitCode === 0 ? 1 : 0 };
  return countingExit(existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : nothing, exitCode);
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** A file that could not be loaded has no tests in it and still failed. */
export function tallyOfVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = report as VitestReport;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

/** A flaky test has failed once: it counts as failed. */
export function tallyOfPlaywright(report: unknown): Tally {
  const { expected, unexpected, flaky } = (report as PlaywrightReport).stats;
  return { passed: expected, failed: unexpected + flaky };
}
