import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../ports.ts';
import { identifyProcess } from '../process-identity.ts';
import { startEmbeddedPostgres } from './index.ts';

let dataFolder: string;
beforeEach(() => {
  dataFolder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-postgres-')), 'cluster');
});
afterEach(() => fs.rmSync(path.dirname(dataFolder), { recursive: true, force: true }));

test('a server left running is joined on its port, replaced on another, and gone after stop', async () => {
  const first = await startEmbeddedPostgres({ dataFolder, port: await freePort() });
  const port = Number(new URL(first.url('postgres')).port);
  const joined = await startEmbeddedPostgres({ dataFolder, port });
  expect(joined.pid).toBe(first.pid);
  const moved = await startEmbeddedPostgres({ dataFolder, port: await freePort() });
  expect(moved.pid).not.toBe(first.pid);
  await moved.stop();
  expect([first.pid, moved.pid].map(identifyProcess)).toEqual([undefined, undefined]);
});

test('a lock file that names somebody else’s process neither blocks the start nor ends that process', async () => {
  const first = await startEmbeddedPostgres({ dataFolder, port: await freePort() });
  const lock = path.join(dataFolder, 'postmaster.pid');
  const lines = fs.readFileSync(lock, 'utf8').split('\n');
  await first.stop('fast');
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(stranger, 'spawn');
  fs.writeFileSync(lock, [stranger.pid, ...lines.slice(1)].join('\n'));
  const second = await startEmbeddedPostgres({ dataFolder, port: await freePort() });
  expect(stranger.exitCode).toBeNull();
  expect(stranger.signalCode).toBeNull();
  await second.stop();
  stranger.kill('SIGKILL');
});
