import type { StepResult } from './step.ts';

/** Counts of turbo's closing lines ("Tasks: 11 successful, 12 total"): each package's typecheck is one check. */
export function countTurbo(output: string): Omit<StepResult, 'output'> | undefined {
  const match = /Tasks:\s+(\d+) successful, (\d+) total/.exec(output);
  if (!match) return undefined;
  const passed = Number(match[1]);
  return { passed, failed: Number(match[2]) - passed, skipped: 0 };
}
