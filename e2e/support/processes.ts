import type { TestRedis } from '@ai-bridge/testing/redis';
import { eventually } from './eventually.ts';
import type { WorkerProcess } from './worker.ts';

/** What lets a worker run as several processes. */
export function severalProcesses(count: number, redis: TestRedis): Record<string, string> {
  return {
    WORKER_PROCESSES: String(count),
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
  };
}

interface LogLine {
  readonly message?: string;
  readonly process?: number;
  readonly pid?: number;
}

/** What a worker has logged, by line; what is no JSON is left out. */
export function logLines(worker: WorkerProcess): LogLine[] {
  return worker
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogLine);
}

/** The process ids of all that were ever ready, by their place, in the order that they became so. */
export function pidsOf(worker: WorkerProcess, place: number): number[] {
  return logLines(worker)
    .filter(({ message, process }) => message === 'a process is ready' && process === place)
    .map(({ pid }) => pid ?? 0);
}

/** Waits until every place has a process that is ready. @returns their process ids, by place from 1 on */
export async function allReady(worker: WorkerProcess, count: number): Promise<number[]> {
  await eventually(() => worker.log().includes(`, ${count} processes\n`), {
    withinMs: 20_000,
    what: () => `not all processes are ready:\n${worker.log()}`,
  });
  return Array.from({ length: count }, (_, index) => pidsOf(worker, index + 1).at(-1) ?? 0);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
