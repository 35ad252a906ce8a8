import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRedisServer } from '@ai-bridge/dev';
import { RedisConnection } from './connection.ts';

const startTimeoutMs = 10_000;
const pauseMs = 20;

/** A real Redis that keeps everything in memory. */
export interface RedisServer {
  readonly port: number;
  /** Ends it at once, as a crash does; it forgets everything. */
  kill(): Promise<void>;
  /** Starts it again on the same port, after `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws where the machine has no redis-server: tests that need one are skipped there */
export async function startRedisServer(port: number): Promise<RedisServer> {
  const program = findRedisServer();
  if (!program) throw new Error('There is no redis-server on this machine.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-test-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    port,
    async start() {
      child = spawn(program, args, { stdio: 'ignore' });
      await answering(child, port);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      await server.kill();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function answering(child: ChildProcess, port: number): Promise<void> {
  const end = performance.now() + startTimeoutMs;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`redis-server ended at its start with code ${child.exitCode}.`);
    const connection = new RedisConnection(port);
    const answer = await connection.send([['PING']]).catch(() => undefined);
    connection.close();
    if (answer) return;
    await sleep(pauseMs);
  }
  throw new Error(`redis-server did not answer within ${startTimeoutMs} ms.`);
}
