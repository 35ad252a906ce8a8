import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../ports.ts';
import { identifyProcess, isAlive, type ProcessIdentity } from '../process-identity.ts';
import type { Welcome } from './seed/welcome.ts';

const script = fileURLToPath(new URL('./testing/stand-in-start.ts', import.meta.url));

// Whole starts, several in a row: on a busy machine they take their time, and how long is not what is tested.
vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let database: TestDatabase | undefined;
let running: ChildProcess[];
let ports: { WEB_PORT: string; WORKER_PORT: string };
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-start-'));
  running = [];
  ports = { WEB_PORT: String(await freePort()), WORKER_PORT: String(await freePort()) };
});
afterEach(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  fs.rmSync(folder, { recursive: true, force: true });
  await database?.drop();
  database = undefined;
});

/** Runs the start command; resolves at its closing screen or its end, whichever is first. */
async function launch(env: Record<string, string> = {}): Promise<{ child: ChildProcess; output(): string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: path.dirname(script),
    env: { PATH: process.env.PATH, HOME: os.homedir(), DATA_DIR: folder, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  await new Promise<void>((resolve) => {
    const take = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Ctrl-C stops everything')) resolve();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', () => resolve());
  });
  return { child, output: () => output };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const closed = once(child, 'close');
  child.kill(signal);
  const [code] = await closed;
  return code;
}

const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
const recorded = () => JSON.parse(read('processes.json')) as ProcessIdentity[];
const postmaster = () => Number(read('postgres/postmaster.pid').split('\n')[0]);
test('after kill -9 the next start ends what was left and goes on with the same data; Ctrl-C then leaves nothing', async () => {
  const first = await launch();
  const welcome = JSON.parse(read('welcome.json')) as Welcome;
  expect(first.output()).toContain(welcome.apiKey);
  expect(first.output()).toContain(welcome.admin.password);
  expect(fs.statSync(path.join(folder, 'welcome.json')).mode & 0o777).toBe(0o600);
  expect(Object.keys(welcome)).toEqual(['consoleUrl', 'workerUrl', 'admin', 'customer', 'apiKey']);
  const left = recorded();
  expect(left).toHaveLength(2);
  await end(first.child, 'SIGKILL');
  expect(left.every(isAlive)).toBe(true);

  const second = await launch();
  expect(second.output()).toContain('Stopped what an earlier start left running: worker, web console.');
  expect(left.some(isAlive)).toBe(false);
  expect(second.output()).toContain(welcome.customer.password);
  expect(JSON.parse(read('welcome.json'))).toEqual(welcome);
  const [processes, postgres] = [recorded(), postmaster()];
  expect(await end(second.child, 'SIGINT')).toBe(0);
  expect(processes.some(isAlive)).toBe(false);
  expect(identifyProcess(postgres)).toBeUndefined();
  expect(read('logs/worker.log')).toContain('drained');
  expect(fs.readdirSync(folder).sort()).toEqual(['logs', 'postgres', 'processes.json', 'secrets.env', 'welcome.json']);
});

test('a second start on the folder is refused in one line; an app that dies stops everything with code 1', async () => {
  database = await createTestDatabase();
  const { child, output } = await launch({ DATABASE_URL: database.url });
  const other = { WEB_PORT: String(await freePort()), WORKER_PORT: String(await freePort()) };
  const second = await launch(other);
  expect(second.output()).toMatch(/^AI-Bridge already runs on .* \(process \d+\)\. .*\n$/);
  expect(second.child.exitCode).toBe(1);
  expect(child.exitCode).toBeNull();

  const closed = once(child, 'close');
  const processes = recorded();
  await fetch(`http://127.0.0.1:${ports.WORKER_PORT}/die`).catch(() => {});
  expect((await closed)[0]).toBe(1);
  expect(output()).toContain('The worker ended with code 7; stopping everything.');
  expect(processes.some(isAlive)).toBe(false);
});

test('a port in use is one line that names port and variable, with code 1', async () => {
  const blocker = net.createServer().listen(Number(ports.WORKER_PORT), '127.0.0.1');
  const { child, output } = await launch();
  blocker.close();
  expect(output()).toBe(
    `Port ${ports.WORKER_PORT} on 127.0.0.1 is in use. Stop what listens there, or choose another port with WORKER_PORT.\n`,
  );
  expect(child.exitCode).toBe(1);
});

test('a bad configuration file stops the start before anything is made, with file and path', async () => {
  const file = path.join(folder, 'bridge.yaml');
  fs.writeFileSync(file, 'channels:\n  - name: a\n    presett: anthropic\n');
  const { child, output } = await launch({ BRIDGE_CONFIG: file });
  expect(output()).toContain(`${file}: channels[0]`);
  expect(output()).not.toContain('    at ');
  expect(child.exitCode).toBe(1);
  expect(fs.existsSync(path.join(folder, 'postgres'))).toBe(false);
});

test('a production start on a database of one’s own writes no credentials and prints a set-up link', async () => {
  database = await createTestDatabase();
  const { child, output } = await launch({ NODE_ENV: 'production', DATABASE_URL: database.url });
  expect(output()).toMatch(/http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]{43}\n/);
  expect(output()).not.toMatch(/ab-\w|password/i);
  expect(fs.readdirSync(folder).sort()).toEqual(['logs', 'processes.json', 'secrets.env', 'start.lock']);
  expect(await database.prisma.channel.count()).toBe(0);
  expect(await end(child, 'SIGTERM')).toBe(0);
});
