import { expect, test } from 'vitest';
import { countPlaywright } from './playwright-report.ts';
import { reconcile } from './step.ts';
import { countTurbo } from './turbo-report.ts';
import { countVitest } from './vitest-report.ts';

const file = (status: string, ...results: string[]) => ({
  name: 'x.test.ts',
  status,
  assertionResults: results.map((one) => ({ status: one })),
});

test('vitest: a file that could not be loaded is a failure, a skipped test is no pass', () => {
  const report = {
    testResults: [file('passed', 'passed', 'passed', 'pending'), file('failed', 'passed', 'failed'), file('failed')],
  };
  expect(countVitest(JSON.stringify(report))).toEqual({ passed: 3, failed: 2, skipped: 1 });
});

test('Playwright: a test that passed only on a retry failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright(JSON.stringify({ stats, errors: [] }))).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('turbo: each package that did not succeed is a failure', () => {
  expect(countTurbo(' Tasks:    11 successful, 14 total\nCached: 0 cached')).toEqual({
    passed: 11,
    failed: 3,
    skipped: 0,
  });
  expect(countTurbo('could not start')).toBeUndefined();
});

test('a run without a single test is a failure', () => {
  expect(reconcile({ passed: 0, failed: 0, skipped: 3 }, 0, '').failed).toBe(1);
});

test('an exit code that contradicts the counts is a failure', () => {
  expect(reconcile({ passed: 9, failed: 0, skipped: 0 }, 1, '').failed).toBe(1);
  expect(reconcile({ passed: 9, failed: 0, skipped: 0 }, 0, '').failed).toBe(0);
});
