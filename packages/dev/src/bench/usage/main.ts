import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openPool } from '@ai-bridge/db';
import { deployMigrations, prismaFolder } from '@ai-bridge/db/migrate';
import { seeded, seedUsage } from '@ai-bridge/testing/usage-seed';
import { repositoryRoot } from '../../root.ts';
import { openDatabase } from '../../start/database.ts';
import { UserError } from '../../user-error.ts';

const usage = 'npm run bench:usage -- [--rows N]';
const defaultRows = 10_000_000;
/** Rows between two lines about the progress. */
const progressRows = 500_000;
/** Long enough for the longest statement: to vacuum all of it. */
const vacuumTimeoutMs = 30 * 60_000;
/** The measuring side lies with the procedures that it calls. */
const measuring = 'apps/web/src/features/usage/server/usage.bench.ts';

/**
 * `npm run bench:usage`: what the usage page asks of the server, measured over a database of ten million requests. That is kept in
 * `.data/bench-usage-<rows>`, so a second run begins at once.
 * @returns the exit code: 1 when a procedure missed the bar
 */
export async function runUsageBench(args: readonly string[]): Promise<number> {
  const rows = readRows(args.filter((argument) => argument !== '--'));
  const dataFolder = path.join(repositoryRoot, '.data', `bench-usage-${rows}`);
  const database = await openDatabase({ dataFolder, databaseUrl: undefined });
  try {
    await deployMigrations(database.url, prismaFolder(repositoryRoot));
    await fill(database.url, rows);
    const script = ['--import', import.meta.resolve('tsx'), path.join(repositoryRoot, measuring)];
    const child = spawn(process.execPath, [...script, database.url, seeded.organizationId, seeded.end], {
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await database.stop('fast');
  }
}

function readRows(args: readonly string[]): number {
  if (args.length === 0) return defaultRows;
  const rows = Number(args[1]);
  if (args.length !== 2 || args[0] !== '--rows' || !Number.isInteger(rows) || rows < 1)
    throw new UserError(`The benchmark does not know ${args.join(' ')}. Usage: ${usage}`);
  return rows;
}

async function fill(url: string, rows: number): Promise<void> {
  const pool = openPool({
    url,
    maxConnections: 1,
    statementTimeoutMs: vacuumTimeoutMs,
    applicationName: 'bench-usage',
  });
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1_000);
  try {
    const added = await seedUsage(pool, rows, (done) => {
      if (done % progressRows === 0) console.log(`${done.toLocaleString('en')} rows after ${seconds()} s`);
    });
    console.log(added > 0 ? `${added.toLocaleString('en')} rows written in ${seconds()} s.` : 'All rows are there.');
  } finally {
    await pool.close();
  }
}
