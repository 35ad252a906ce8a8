import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess } from '../process-identity.ts';
import { lockDataFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-lock-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a folder whose start command lives is refused with one line that names the process', async () => {
  const lock = await lockDataFolder(folder);
  await expect(lockDataFolder(folder)).rejects.toThrow(`already runs on ${folder} (process ${process.pid})`);
  lock.release();
  (await lockDataFolder(folder)).release();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a start command that is stopping is waited for', async () => {
  const lock = await lockDataFolder(folder);
  lock.markStopping();
  const next = lockDataFolder(folder);
  setTimeout(lock.release, 150);
  (await next).release();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('the lock of a killed process does not block', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
  fs.writeFileSync(path.join(folder, 'start.lock'), JSON.stringify(identifyProcess(other.pid!)));
  await expect(lockDataFolder(folder)).rejects.toThrow('already runs');
  other.kill('SIGKILL');
  await once(other, 'exit');
  (await lockDataFolder(folder)).release();
});

test('a process that took over the number of a killed one does not count as it', async () => {
  fs.writeFileSync(path.join(folder, 'start.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
  (await lockDataFolder(folder)).release();
});

test('a lock file with torn content does not block', async () => {
  fs.writeFileSync(path.join(folder, 'start.lock'), '{"pid":');
  (await lockDataFolder(folder)).release();
});
