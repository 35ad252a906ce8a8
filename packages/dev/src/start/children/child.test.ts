import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess, isAlive } from '../../process-identity.ts';
import { startChild } from './child.ts';
import { stopLeftovers } from './registry.ts';
import { createSupervisor } from './supervisor.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-child-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const program = (code: string, name = 'program') => ({
  name,
  command: process.execPath,
  args: ['-e', code],
  cwd: folder,
  env: { PATH: process.env.PATH ?? '' },
  logFile: path.join(folder, `${name}.log`),
});
const untilLine = (code: string, line: string) => {
  const state = { seen: () => {} };
  const seen = new Promise<void>((resolve) => {
    state.seen = resolve;
  });
  const spec = { ...program(code), onLine: (text: string) => text === line && state.seen() };
  return { spec, seen };
};
const stubborn = `process.on('SIGTERM', () => console.log('no')); setInterval(() => {}, 1000); console.log('up')`;

test('a process gets only the environment it is given, and its output goes whole to the log', async () => {
  process.env['NOT_FOR_CHILDREN'] = 'secret';
  const child = startChild(program(`console.log(process.env.NOT_FOR_CHILDREN); process.stderr.write('no line end')`));
  expect(await child.exited).toEqual({ code: 0, signal: null });
  delete process.env['NOT_FOR_CHILDREN'];
  expect(fs.readFileSync(path.join(folder, 'program.log'), 'utf8').split('\n').sort()).toEqual([
    '',
    'no line end',
    'undefined',
  ]);
  expect([...child.lastLines()].sort()).toEqual(['no line end', 'undefined']);
});

test('a program that cannot be started ends with 127 instead of throwing', async () => {
  const child = startChild({ ...program(''), command: path.join(folder, 'nothing') });
  expect(await child.exited).toEqual({ code: 127, signal: null });
});

test('one that does not heed SIGTERM is killed after its grace', async () => {
  const { spec, seen } = untilLine(stubborn, 'up');
  const child = startChild(spec);
  await seen;
  await child.stop(200);
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('what a process started itself ends with it', async () => {
  const code = `const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    require('fs').writeFileSync('grandchild', String(c.pid)); c.on('spawn', () => process.exit(3))`;
  const child = startChild(program(code));
  expect((await child.exited).code).toBe(3);
  const grandchild = Number(fs.readFileSync(path.join(folder, 'grandchild'), 'utf8'));
  await expect.poll(() => identifyProcess(grandchild)).toBeUndefined();
});

test('after the supervisor of a killed start is gone, the next start finds and ends its processes, and only them', async () => {
  const registry = path.join(folder, 'processes.json');
  const { spec, seen } = untilLine(stubborn, 'up');
  const supervisor = createSupervisor(registry);
  const child = supervisor.run({ ...spec, name: 'worker' });
  await seen;
  const left = JSON.parse(fs.readFileSync(registry, 'utf8')) as object[];
  fs.writeFileSync(registry, JSON.stringify([...left, { name: 'other', pid: process.pid, startedAt: 'before' }]));
  expect(await stopLeftovers(registry, 200)).toEqual(['worker']);
  expect(isAlive(child.identity!)).toBe(false);
  // Its own supervisor, alive only in this test, notes the end too.
  await child.exited;
  await new Promise(setImmediate);
});

test('processes that ended are forgotten, and after closing nothing starts', async () => {
  const registry = path.join(folder, 'processes.json');
  const supervisor = createSupervisor(registry);
  await supervisor.run(program('')).exited;
  expect(JSON.parse(fs.readFileSync(registry, 'utf8'))).toEqual([]);
  supervisor.close();
  expect(() => supervisor.run(program(''))).toThrow('everything stops');
});
