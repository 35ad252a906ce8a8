import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findRedisServer } from '../redis-server.ts';
import { ensureRedis } from './redis.ts';

test('a redis-server on the PATH is found, the first one first', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-find-redis-'));
  const program = path.join(folder, 'redis-server');
  fs.writeFileSync(program, '');
  expect(findRedisServer(`/nowhere${path.delimiter}${folder}`)).toBe(program);
  fs.rmSync(folder, { recursive: true });
});

test('where there is a redis-server nothing is installed and nothing told', async () => {
  const commands: string[] = [];
  const run = async (command: string) => {
    commands.push(command);
    return { code: 0, output: '' };
  };
  expect(await ensureRedis('/', { run }, () => '/usr/bin/redis-server')).toBeUndefined();
  expect(commands).toEqual([]);
});

test('where none can be had the run says what was not tested', async () => {
  const run = async () => ({ code: 1, output: 'no network' });
  expect(await ensureRedis('/', { run }, () => undefined)).toContain('NOT tested');
});
