import fs from 'node:fs';
import { findRedisServer } from '../redis-server.ts';
import type { ProgramRunner } from './run-program.ts';

const installTimeoutMs = 3 * 60_000;

/**
 * Makes sure that there is a redis-server for the tests of shared state, as root on Debian by installing it.
 * @returns what to tell where there is none: those tests are not run then
 */
export async function ensureRedis(
  root: string,
  runner: Pick<ProgramRunner, 'run'>,
  find = () => findRedisServer(),
): Promise<string | undefined> {
  if (find()) return undefined;
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    const options = { cwd: root, timeoutMs: installTimeoutMs, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    await runner.run('apt-get', ['update', '-q'], options);
    await runner.run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'redis-server'], options);
    if (find()) return undefined;
  }
  return 'No redis-server on this machine: what several workers share was NOT tested. Install it with "apt-get install redis-server".';
}
