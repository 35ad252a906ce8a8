import type { StepResult } from './step.ts';

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Counts of vitest's JSON report. A file that could not even be loaded is one failure. */
export function countVitest(reportJson: string): Omit<StepResult, 'output'> {
  const report = JSON.parse(reportJson) as VitestReport;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    let failedHere = 0;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') failedHere++;
      else counts.skipped++;
    }
    counts.failed += failedHere === 0 && file.status === 'failed' ? 1 : failedHere;
  }
  return counts;
}
