/** What one step of the run found. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** Not run on purpose: neither passed nor failed, and said aloud. */
  readonly skipped: number;
  /** Shown when something failed. */
  readonly output: string;
  /** Shown always: what could not be checked here, and why. */
  readonly notRun?: string;
}

export interface Step {
  readonly name: string;
  run(): Promise<StepResult>;
}

/** A step that is one check: passed or failed as a whole. */
export function oneCheck(isPassed: boolean, output: string): StepResult {
  return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: 0, output };
}

/**
 * The counts a test program reported, against its exit code: a run that found no test at all, or that failed without
 * naming a failed test, is a failure.
 */
export function reconcile(counts: Omit<StepResult, 'output'>, exitCode: number | null, output: string): StepResult {
  const ranNothing = counts.passed + counts.failed === 0;
  const failedSilently = exitCode !== 0 && counts.failed === 0;
  if (ranNothing) return { ...counts, failed: 1, output: `${output}\nNo test was run.` };
  if (failedSilently) {
    return {
      ...counts,
      failed: 1,
      output: `${output}\nThe program ended with code ${exitCode} although no test failed.`,
    };
  }
  return { ...counts, output };
}
