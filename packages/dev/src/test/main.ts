import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createProgramRunner } from './run-program.ts';
import { oneCheck, type Step, type StepResult } from './step.ts';
import { testSteps } from './steps.ts';

/**
 * Runs every check, one step after another, and ends with one line "N passed, N failed".
 * @returns the exit code: 1 when anything failed
 */
export async function runTests(root: string): Promise<number> {
  const scratchFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-npm-test-'));
  const runner = createProgramRunner();
  const stop = () => {
    runner.killAll();
    fs.rmSync(scratchFolder, { recursive: true, force: true });
    process.exit(130);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const totals = { passed: 0, failed: 0 };
  for (const step of testSteps(root, scratchFolder, runner)) {
    const startedAt = Date.now();
    const result = await runStep(step);
    totals.passed += result.passed;
    totals.failed += result.failed;
    if (result.failed > 0) console.log(indent(result.output.trim()));
    console.log(describeStep(step.name, result, Date.now() - startedAt));
    if (result.notRun !== undefined) console.log(indent(result.notRun));
  }
  fs.rmSync(scratchFolder, { recursive: true, force: true });
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

/** A step that itself breaks is a failed check, not the end of the run. */
async function runStep(step: Step): Promise<StepResult> {
  try {
    return await step.run();
  } catch (error) {
    return oneCheck(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

/** One line about a step: "types: 14 passed (31 s)". */
export function describeStep(name: string, result: StepResult, durationMs: number): string {
  const failed = result.failed > 0 ? `, ${result.failed} failed` : '';
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  return `${name}: ${result.passed} passed${failed}${skipped} (${Math.max(1, Math.round(durationMs / 1000))} s)`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
