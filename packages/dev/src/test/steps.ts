import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findBrowser } from './browser.ts';
import { countPlaywright } from './playwright-report.ts';
import { ensureRedis } from './redis.ts';
import type { ProgramRunner } from './run-program.ts';
import { oneCheck, reconcile, type Step, type StepResult } from './step.ts';
import { countTurbo } from './turbo-report.ts';
import { countVitest } from './vitest-report.ts';

const minute = 60_000;

/** Everything `npm test` runs, cheap first. Reports of test programs go to `scratchFolder`. */
export function testSteps(root: string, scratchFolder: string, runner: ProgramRunner): Step[] {
  const program = (name: string, file: string) => programOf(root, name, file);
  const node = (args: string[], timeoutMs: number, env: Record<string, string> = {}) =>
    runner.run(process.execPath, args, { cwd: root, timeoutMs, env });
  const check = (name: string, args: () => string[], timeoutMs: number): Step => ({
    name,
    async run() {
      const { code, output } = await node(args(), timeoutMs);
      return oneCheck(code === 0, output);
    },
  });
  let redis: Promise<string | undefined> | undefined;
  const vitest = (name: string, config: string, timeoutMs: number): Step => ({
    name,
    async run() {
      redis ??= ensureRedis(root, runner);
      const missing = await redis;
      const report = path.join(scratchFolder, `${name.replaceAll(' ', '-')}.json`);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const args = [program('vitest', 'vitest.mjs'), 'run', '--config', config, ...reporters];
      const { code, output } = await node(args, timeoutMs);
      const result = fromReport(report, countVitest, code, output);
      return missing === undefined ? result : { ...result, notRun: missing };
    },
  });
  return [
    check('format and lint', () => [program('@biomejs/biome', 'bin/biome'), 'check', '.'], 2 * minute),
    check('import law', () => importLaw(program('dependency-cruiser', 'bin/dependency-cruise.mjs')), 3 * minute),
    {
      name: 'types',
      async run() {
        // --force: a cached pass would not notice a change in another package's types.
        const turbo = [
          program('turbo', 'bin/turbo'),
          'run',
          'typecheck',
          '--force',
          '--continue',
          '--output-logs=errors-only',
        ];
        const { code, output } = await node(turbo, 6 * minute);
        return reconcile(countTurbo(output) ?? oneCheck(false, ''), code, output);
      },
    },
    vitest('unit and integration', 'packages/testing/vitest.config.ts', 15 * minute),
    vitest('relay end to end', 'e2e/vitest.config.ts', 15 * minute),
    { name: 'browser end to end', run: () => browserStep(root, scratchFolder, runner) },
  ];
}

async function browserStep(root: string, scratchFolder: string, runner: ProgramRunner): Promise<StepResult> {
  const e2e = path.join(root, 'e2e');
  const browser = await findBrowser(e2e, runner);
  if (browser.kind === 'missing') return oneCheck(false, browser.reason);
  const report = path.join(scratchFolder, 'playwright.json');
  const args = [path.join(e2e, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'];
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(browser.path ? { CHROMIUM_PATH: browser.path } : {}) };
  const { code, output } = await runner.run(process.execPath, args, { cwd: e2e, timeoutMs: 45 * minute, env });
  return fromReport(report, countPlaywright, code, output);
}

function fromReport(
  file: string,
  count: (json: string) => Omit<StepResult, 'output'>,
  code: number | null,
  output: string,
): StepResult {
  if (!fs.existsSync(file)) return oneCheck(false, output);
  return reconcile(count(fs.readFileSync(file, 'utf8')), code, output);
}

function importLaw(program: string): string[] {
  return [program, '--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'e2e'];
}

/** A program of a root package, by its file: calling it with Node saves npx. */
function programOf(root: string, name: string, file: string): string {
  const require = createRequire(path.join(root, 'package.json'));
  for (const folder of require.resolve.paths(name) ?? []) {
    if (fs.existsSync(path.join(folder, name, file))) return path.join(folder, name, file);
  }
  throw new Error(`${name} is not installed.`);
}
