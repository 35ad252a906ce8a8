import fs from 'node:fs';
import path from 'node:path';
import type { Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';

/** Who this worker is across restarts: its data folder. The journal in it is settled under this name. */
export function readWorkerId(dataFolder: string): string {
  const file = path.join(dataFolder, 'worker-id');
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const id = newId('wrk');
  fs.writeFileSync(file, `${id}\n`, { mode: 0o600 });
  return id;
}

/** A worker that has not been heard of for this long is gone. */
const goneAfterSeconds = 15;

/**
 * Limits are kept in this process, so a second worker would double every one of them.
 * @throws Error with one clear line where another worker is alive on this database
 */
export async function refuseSecondWorker(sql: Sql, workerId: string): Promise<void> {
  const others = await sql.query<{ id: string }>(
    `SELECT id FROM worker WHERE id <> $1 AND stopped_at IS NULL AND heartbeat_at > now() - make_interval(secs => $2)`,
    [workerId, goneAfterSeconds],
  );
  if (others.length === 0) return;
  throw new Error(
    'The worker cannot start: another worker serves this database. Stop that one first, or wait until it is gone.',
  );
}
