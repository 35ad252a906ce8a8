import type { StepResult } from './step.ts';

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors: readonly unknown[];
}

/** Counts of Playwright's JSON report. A flaky test passed on a retry: it did not pass. */
export function countPlaywright(reportJson: string): Omit<StepResult, 'output'> {
  const { stats, errors } = JSON.parse(reportJson) as PlaywrightReport;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}
