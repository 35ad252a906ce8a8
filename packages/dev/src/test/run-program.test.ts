import { expect, test } from 'vitest';
import { createProgramRunner } from './run-program.ts';

const options = { cwd: process.cwd(), timeoutMs: 30_000 };
const node = (code: string) => ['-e', code];

test('code and output of a program are told, and a program that is not there is code 127', async () => {
  const runner = createProgramRunner();
  const code = `console.log('out'); console.error('error'); process.exitCode = 3`;
  const result = await runner.run(process.execPath, node(code), options);
  expect(result.code).toBe(3);
  expect(result.output.split('\n').sort()).toEqual(['', 'error', 'out']);
  expect((await runner.run('no-such-program', [], options)).code).toBe(127);
});

test('a program that hangs is killed with what it started, and says so', async () => {
  const hang = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
  const result = await createProgramRunner().run(process.execPath, node(hang), { ...options, timeoutMs: 300 });
  expect(result.code).toBeNull();
  expect(result.output).toContain('it ran longer than');
});
