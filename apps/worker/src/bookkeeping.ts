import path from 'node:path';
import type { Clock } from '@ai-bridge/domain';
import { startWorker as beginLife } from '@ai-bridge/ledger';
import { type CreditBook, createCreditBook, createDatabaseHealth, type DatabaseHealth } from './credit/index.ts';
import type { Databases } from './databases.ts';
import { createJournal, type Journal } from './journal/index.ts';
import type { Log } from './log.ts';
import { createSettler, type DeadLetters, openDeadLetters, recover, type Settler } from './settlement/index.ts';

/** How long the last outcomes may take into Postgres at the end; what is left then stays in the journal. */
const settleAtEndMs = 10_000;

export interface BookkeepingOptions {
  readonly databases: Databases;
  readonly clock: Clock;
  readonly log: Log;
  readonly dataFolder: string;
  readonly workerId: string;
  /** Where this worker listens, for staff to see. */
  readonly address: string;
  /** For workers that start later: where this one keeps its limits. */
  readonly sharedState: string | undefined;
}

/** Everything that keeps account: leases in memory, outcomes on the disk, both on their way to Postgres. */
export interface Bookkeeping {
  readonly journal: Journal;
  readonly credit: CreditBook;
  readonly settler: Settler;
  readonly health: DatabaseHealth;
  readonly deadLetters: DeadLetters;
  /** Settles what is left and gives all credit back. */
  close(): Promise<void>;
}

/** Begins this worker's life in the ledger, settles what an earlier life left in the journal, and opens the books. */
export async function openBooks(options: BookkeepingOptions): Promise<Bookkeeping> {
  const { databases, clock, log, dataFolder, workerId, address, sharedState } = options;
  const { main: database } = databases;
  const deadLetters = openDeadLetters(dataFolder);
  const journal = await createJournal({
    folder: path.join(dataFolder, 'journal'),
    onError: (error) => log.error('journal', error),
  });
  // At once: nobody may see this worker without knowing where its limits are.
  const { epoch } = await database.transaction(async (sql) => {
    const life = await beginLife(sql, { workerId, address });
    await sql.query('UPDATE worker SET shared_state = $2 WHERE id = $1', [workerId, sharedState ?? null]);
    return life;
  });
  const left = { database, workerId, deadLetters, epoch, files: journal.earlier, quarantineFolder: dataFolder };
  const recovered = await recover(left);
  if (recovered.outcomes + recovered.interrupted > 0) log.info('settled what an earlier life left', { ...recovered });
  const health = createDatabaseHealth({ clock, probe: () => databases.admission.query('SELECT 1') });
  const credit = createCreditBook({
    database: databases.admission,
    health,
    workerId,
    epoch,
    clock,
    address,
    onFenced: () => log.info('another process took the place of this worker'),
    onError: (error) => log.error('credit', error),
  });
  const settling = { database, health, workerId, deadLetters, journal, credit, clock };
  const settler = createSettler({ ...settling, onError: (error) => log.error('settlement', error) });
  return {
    journal,
    credit,
    settler,
    health,
    deadLetters,
    async close() {
      await settler.drain(settleAtEndMs);
      settler.stop();
      // With the database away the leases run out by themselves; the rest of the way down goes on.
      await credit.stop().catch((error) => log.error('credit', error));
      health.stop();
      await journal.close();
      const ended = 'UPDATE worker SET stopped_at = now() WHERE id = $1';
      await database.query(ended, [workerId]).catch((error) => log.error('worker', error));
    },
  };
}
