import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 90_000 });

const script = fileURLToPath(new URL('./testing/print-shutdown.ts', import.meta.url));
const folder = fileURLToPath(new URL('.', import.meta.url));
const env = { PATH: process.env.PATH, npm_lifecycle_event: 'start' };

/** Runs a command and collects what it and its descendants print. */
function launch(args: string[]) {
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const take = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const lines = () =>
    output
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('pid'));
  return {
    child,
    output: () => output,
    lines,
    started: () => expect.poll(() => output, { timeout: 60_000 }).toContain('pid'),
  };
}

test('a signal asks once, though npm passes it on a second time; everything is undone, last first', async () => {
  const { child, lines, started } = launch(['--import', 'tsx', script]);
  await started();
  child.kill('SIGINT');
  child.kill('SIGINT');
  await once(child, 'close');
  // The broken one speaks on the error stream, whose place among the others is not sure.
  expect(lines().filter((line) => !line.startsWith('While'))).toEqual([
    'asked by SIGINT',
    'last registered',
    'first registered',
  ]);
  expect(lines()).toContain('While stopping: this one breaks');
});

test.each([
  ['which started it itself', `spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' })`],
  [
    'whose shell lives on',
    `spawn('sh', ['-c', '"$0" --import tsx "$1"; true', process.execPath, script], { stdio: 'inherit' })`,
  ],
])('npm killed outright, %s, stops the start command too', async (_, spawning) => {
  const parent = `const { spawn } = require('child_process'); const script = ${JSON.stringify(script)}; ${spawning}`;
  const { child, output, started } = launch(['-e', parent]);
  await started();
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(output()).toContain('asked by the end of npm');
});
