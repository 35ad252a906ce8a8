import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Database, Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { startWorker } from '@ai-bridge/ledger';
import { slotFolder, slotsWithFolders } from './processes/slot-folder.ts';

const fileName = 'worker-id';

/** Who this worker is across restarts: its data folder. The journal in it is settled under this name. */
export function readWorkerId(dataFolder: string): string {
  const file = path.join(dataFolder, fileName);
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const id = newId('wrk');
  fs.writeFileSync(file, `${id}\n`, { mode: 0o600 });
  return id;
}

/** The identity of every process that has worked in this data folder, so that none of them takes another for a stranger. */
export function workerIdsOf(dataFolder: string): string[] {
  return [1, ...slotsWithFolders(dataFolder)]
    .map((slot) => path.join(slotFolder(dataFolder, slot), fileName))
    .filter((file) => fs.existsSync(file))
    .map((file) => fs.readFileSync(file, 'utf8').trim());
}

/** Nobody works under this name any more, and nothing of it is left. */
export function forgetWorkerId(dataFolder: string): void {
  fs.rmSync(path.join(dataFolder, fileName), { force: true });
}

/** Fences off every life that a worker has had; from then on it is known to have stopped. @returns an epoch after all of them */
export async function endWorkerLife(database: Database, workerId: string): Promise<bigint> {
  return database.transaction(async (sql) => {
    const [known] = await sql.query<{ address: string | null }>('SELECT address FROM worker WHERE id = $1', [workerId]);
    const { epoch } = await startWorker(sql, { workerId, address: known?.address ?? '' });
    await sql.query('UPDATE worker SET stopped_at = now() WHERE id = $1', [workerId]);
    return epoch;
  });
}

/** A worker that has not been heard of for this long is gone. */
const goneAfterSeconds = 15;

/** What tells one shared state from another: a hash of its address. Undefined: limits are kept in the process. */
export function sharedStateId(place: { readonly url: string } | undefined): string | undefined {
  return place && hash('sha256', new URL(place.url).href, 'base64url');
}

/**
 * Limits hold only where every worker of the database keeps them in the same shared state; kept in the process, a second worker would
 * double every one of them.
 * @param ownIds of all processes in this worker's data folder: they have one environment
 * @returns how many workers of other data folders are there
 * @throws Error with one clear line where another worker is alive that this one cannot serve beside
 */
export async function joinWorkers(
  sql: Sql,
  ownIds: readonly string[],
  sharedState: string | undefined,
): Promise<number> {
  const others = await sql.query<{ shared_state: string | null }>(
    `SELECT shared_state FROM worker
     WHERE id <> ALL ($1) AND stopped_at IS NULL AND heartbeat_at > now() - make_interval(secs => $2)`,
    [ownIds, goneAfterSeconds],
  );
  if (others.length === 0) return 0;
  if (sharedState === undefined) {
    throw new Error(
      'The worker cannot start: another worker serves this database. Stop that one first, or wait until it is gone; to run several, give all of them UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.',
    );
  }
  if (others.some(({ shared_state }) => shared_state !== sharedState)) {
    throw new Error(
      'The worker cannot start: another worker serves this database with another UPSTASH_REDIS_REST_URL, or with none. Give all of them the same one, or stop that one first.',
    );
  }
  return others.length;
}
