import type { Database, Sql } from '@ai-bridge/db';

/** Entries younger than this stay out of the checkpoint. */
const settleMs = 60_000;
/** A statement of a rebuild reads so many pages of the entries, 128 MiB. */
const pagesPerSlice = 16_384;

/** How far the checkpoint reaches; undefined: there is none yet. */
export async function readWatermark(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql.query<{ upTo: Date }>('SELECT up_to AS "upTo" FROM ledger_watermark');
  return row?.upTo;
}

/**
 * The moment before which no entry can appear any more. An entry bears the moment at which its transaction began, and shows when that ends: so
 * every transaction that began before has to be over.
 */
async function settledUntil(sql: Sql): Promise<Date> {
  const [row] = await sql.query<{ at: Date }>(
    `SELECT least(now() - ${settleMs} * interval '1 ms', min(xact_start) - interval '1 s')::timestamptz(3) AS at
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  if (!row) throw new Error('the database does not say which transactions it has');
  return row.at;
}

/** A sum by account of the entries that a condition names, as rows of (account, amount). */
export const movementOf = (condition: string) => `
  SELECT account, sum(amount) AS amount FROM (
    SELECT credit_account AS account, amount_nano_usd AS amount FROM ledger_entry WHERE ${condition}
    UNION ALL
    SELECT debit_account, -amount_nano_usd FROM ledger_entry WHERE ${condition}
  ) leg GROUP BY account`;

/**
 * Takes what has settled since into the checkpoint. One caller at a time: another one finds the watermark moved, and nothing to do.
 * @param from where the checkpoint ends @returns where it ends now
 */
export async function advanceCheckpoint(database: Database, from: Date): Promise<Date> {
  const to = await settledUntil(database);
  if (to <= from) return from;
  const isMine = await database.transaction(async (sql) => {
    const rows = await sql.query('UPDATE ledger_watermark SET up_to = $2 WHERE up_to = $1 RETURNING up_to', [from, to]);
    if (rows.length === 0) return false;
    await sql.query(
      `INSERT INTO ledger_checkpoint AS c (account, amount_nano_usd)
       SELECT account, amount FROM (${movementOf('created_at >= $1::timestamptz AND created_at < $2::timestamptz')}) m
       ON CONFLICT (account) DO UPDATE SET amount_nano_usd = c.amount_nano_usd + excluded.amount_nano_usd`,
      [from, to],
    );
    return true;
  });
  return isMine ? to : from;
}

/**
 * Makes the checkpoint anew out of all settled entries, a stretch of the table at a time: they are never changed and never move.
 * @returns how many entries it is made of
 */
export async function rebuildCheckpoint(database: Database): Promise<{ entriesRead: bigint }> {
  const to = await settledUntil(database);
  const amounts = new Map<string, bigint>();
  let entriesRead = 0n;
  const pages = await countPages(database);
  for (let page = 0; page < pages; page += pagesPerSlice) {
    const slice = `ctid >= '(${page},0)'::tid AND ctid < '(${page + pagesPerSlice},0)'::tid AND created_at < $1::timestamptz`;
    const rows = await database.query<{ account: string; amount: bigint; entries: bigint }>(
      `SELECT account, sum(amount)::bigint AS amount, sum(entries)::bigint AS entries FROM (
         SELECT credit_account AS account, sum(amount_nano_usd) AS amount, count(*) AS entries
         FROM ledger_entry WHERE ${slice} GROUP BY 1
         UNION ALL
         SELECT debit_account, -sum(amount_nano_usd), 0 FROM ledger_entry WHERE ${slice} GROUP BY 1
       ) leg GROUP BY account`,
      [to],
    );
    for (const { account, amount, entries } of rows) {
      amounts.set(account, (amounts.get(account) ?? 0n) + amount);
      entriesRead += entries;
    }
  }
  await database.transaction(async (sql) => {
    await sql.query(
      'INSERT INTO ledger_watermark (up_to) VALUES ($1) ON CONFLICT (is_only) DO UPDATE SET up_to = excluded.up_to',
      [to],
    );
    await sql.query('DELETE FROM ledger_checkpoint');
    await sql.query(
      'INSERT INTO ledger_checkpoint (account, amount_nano_usd) SELECT * FROM unnest($1::text[], $2::bigint[])',
      [[...amounts.keys()], [...amounts.values()]],
    );
  });
  return { entriesRead };
}

async function countPages(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ pages: bigint }>(
    `SELECT pg_relation_size('ledger_entry') / current_setting('block_size')::bigint AS pages`,
  );
  return Number(row?.pages ?? 0n);
}
