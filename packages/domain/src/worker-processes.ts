/** The most worker processes on one machine: each has ten connections to Postgres, and none helps without a processor of its own. */
export const maxWorkerProcesses = 64;

/**
 * Reads WORKER_PROCESSES as an operator writes it.
 * @param sharesState whether the processes have a Redis between them: without one each would keep every limit by itself
 * @throws Error that says what the variable may be, or what else has to be set
 */
export function readWorkerProcesses(text: string | undefined, sharesState: boolean): number {
  if (text === undefined || text.trim() === '') return 1;
  const count = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  if (count < 1 || count > maxWorkerProcesses) {
    throw new Error(`WORKER_PROCESSES: must be a whole number from 1 to ${maxWorkerProcesses}`);
  }
  if (count > 1 && !sharesState) {
    throw new Error(
      `WORKER_PROCESSES: is ${count}, but several processes need a Redis between them: set UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN, or WORKER_PROCESSES to 1`,
    );
  }
  return count;
}
