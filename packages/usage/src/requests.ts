import type { Sql } from '@ai-bridge/db';
import { type UsageRow, usageColumns } from './receipt.ts';
import {
  filterConditions,
  isNarrowed,
  parameters,
  recordColumns,
  sumsColumns,
  type UsageFilter,
} from './usage-filter.ts';

const maxPageRows = 200;
/** How many requests a page may be told to leave out. */
export const maxOffset = 10_000;
/** Rows that an export reads at a time: a few hundred kilobytes. */
const exportPageRows = 1_000;

export interface RequestFilter extends UsageFilter {
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
}

export interface RequestPage {
  readonly requests: readonly UsageRow[];
  /** Set while there are older requests. */
  readonly nextCursor: string | undefined;
}

/** The row that a page ended with. */
type Place = Pick<UsageRow, 'createdAt' | 'id'>;

/**
 * An organization's requests, newest first. Pages by the last row's time and id, so a page costs the same however deep
 * it lies and new requests do not shift it.
 * @param of.limit rows wanted, at most 200
 * @param of.cursor `nextCursor` of the page before; anything else is treated as no cursor
 * @param of.offset rows to leave out, at most 10,000: all of them are read
 */
export async function listRequests(
  sql: Sql,
  of: RequestFilter & {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly offset?: number | undefined;
  },
): Promise<RequestPage> {
  const limit = Math.max(1, Math.min(maxPageRows, Math.trunc(of.limit)));
  const offset = Math.max(0, Math.min(maxOffset, Math.trunc(of.offset ?? 0)));
  const after = of.cursor === undefined ? undefined : readCursor(of.cursor);
  const rows = await readRequests(sql, of, { after, limit: limit + 1, offset });
  const requests = rows.slice(0, limit);
  const last = requests.at(-1);
  return { requests, nextCursor: rows.length > limit && last ? writeCursor(last) : undefined };
}

/**
 * The same requests a page at a time: each page is asked for when the one before was taken, so any number of them costs the memory
 * of one page.
 */
export async function* requestPages(
  sql: Sql,
  filter: RequestFilter,
  rowsAtOnce = exportPageRows,
): AsyncGenerator<readonly UsageRow[]> {
  let after: Place | undefined;
  do {
    const rows = await readRequests(sql, filter, { after, limit: rowsAtOnce, offset: 0 });
    if (rows.length > 0) yield rows;
    after = rows.length === rowsAtOnce ? rows.at(-1) : undefined;
  } while (after);
}

interface PageWish {
  readonly after: Place | undefined;
  readonly limit: number;
  readonly offset: number;
}

function readRequests(sql: Sql, filter: RequestFilter, { after, limit, offset }: PageWish): Promise<UsageRow[]> {
  const { values, bind } = parameters();
  const conditions = filterConditions(filter, recordColumns, bind);
  const from = filter.from && `${bind(filter.from)}::timestamptz`;
  const to = filter.to && `${bind(filter.to)}::timestamptz`;
  const last = after && { createdAt: `${bind(after.createdAt)}::timestamptz`, id: `${bind(after.id)}::text` };
  if (from) conditions.push(`u.created_at >= ${from}`);
  if (to) conditions.push(`u.created_at < ${to}`);
  if (last) conditions.push(`(u.created_at, u.id) < (${last.createdAt}, ${last.id})`);
  const requests = `usage_record u WHERE ${conditions.join(' AND ')} ORDER BY u.created_at DESC, u.id DESC LIMIT ${limit} OFFSET ${offset}`;
  if (!isNarrowed(filter)) return sql.query<UsageRow>(`SELECT ${usageColumns} FROM ${requests}`, values);
  // Among many requests few may match. The sums per hour say where those are, so that no others are read than those of these hours.
  const within = filterConditions(filter, sumsColumns, bind);
  if (from) within.push(`s.hour > ${from} - interval '1 hour'`);
  if (to) within.push(`s.hour < ${to}`);
  if (last) within.push(`s.hour <= ${last.createdAt}`);
  return sql.query<UsageRow>(
    `WITH hours AS (
       SELECT s.hour, sum(s.requests) AS requests FROM usage_hourly s WHERE ${within.join(' AND ')}
       GROUP BY s.hour ORDER BY s.hour DESC LIMIT ${limit + offset + 1}
     ), counted AS (
       SELECT hour, sum(requests) OVER (ORDER BY hour DESC) - requests AS newer,
         first_value(requests) OVER (ORDER BY hour DESC) AS newest FROM hours
     ), needed AS MATERIALIZED (
       SELECT hour FROM counted WHERE newer - newest < ${limit + offset}
     )
     SELECT ${usageColumns} FROM needed JOIN LATERAL (
       SELECT * FROM usage_record u WHERE u.created_at >= needed.hour AND u.created_at < needed.hour + interval '1 hour'
         AND ${conditions.join(' AND ')} OFFSET 0
     ) u ON true
     ORDER BY u.created_at DESC, u.id DESC LIMIT ${limit} OFFSET ${offset}`,
    values,
  );
}

function writeCursor(row: Place): string {
  return `${row.createdAt.getTime()}.${row.id}`;
}

function readCursor(cursor: string): Place | undefined {
  const match = /^(\d{1,15})\.([\w-]{1,128})$/.exec(cursor);
  return match ? { createdAt: new Date(Number(match[1])), id: match[2] as string } : undefined;
}
