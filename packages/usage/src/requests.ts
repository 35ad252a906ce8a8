import type { Sql } from '@ai-bridge/db';
import { type UsageRow, usageColumns } from './receipt.ts';

const maxPageRows = 200;

export interface RequestFilter {
  readonly organizationId: string;
  readonly apiKeyId?: string | undefined;
  /** Matches the model used, or the one asked for where none answered. */
  readonly model?: string | undefined;
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  /** `nextCursor` of the page before; anything else is treated as no cursor. */
  readonly cursor?: string | undefined;
  /** Rows wanted, at most 200. */
  readonly limit: number;
}

export interface RequestPage {
  readonly requests: readonly UsageRow[];
  /** Set while there are older requests. */
  readonly nextCursor: string | undefined;
}

/**
 * An organization's requests, newest first. Pages by the last row's time and id, so a page costs the same however deep
 * it lies and new requests do not shift it.
 */
export async function listRequests(sql: Sql, filter: RequestFilter): Promise<RequestPage> {
  const limit = Math.max(1, Math.min(maxPageRows, Math.trunc(filter.limit)));
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
  const values: unknown[] = [filter.organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['u.organization_id = $1'];
  if (filter.apiKeyId !== undefined) conditions.push(`u.api_key_id = ${bind(filter.apiKeyId)}`);
  if (filter.model !== undefined) {
    conditions.push(`coalesce(u.model_used, u.model_requested) = ${bind(filter.model)}`);
  }
  if (filter.from) conditions.push(`u.created_at >= ${bind(filter.from)}::timestamptz`);
  if (filter.to) conditions.push(`u.created_at < ${bind(filter.to)}::timestamptz`);
  if (after) {
    conditions.push(`(u.created_at, u.id) < (${bind(after.createdAt)}::timestamptz, ${bind(after.id)}::text)`);
  }
  const rows = await sql.query<UsageRow>(
    `SELECT ${usageColumns} FROM usage_record u WHERE ${conditions.join(' AND ')}
     ORDER BY u.created_at DESC, u.id DESC LIMIT ${limit + 1}`,
    values,
  );
  const requests = rows.slice(0, limit);
  const last = requests.at(-1);
  return { requests, nextCursor: rows.length > limit && last ? writeCursor(last) : undefined };
}

function writeCursor(row: UsageRow): string {
  return `${row.createdAt.getTime()}.${row.id}`;
}

function readCursor(cursor: string): { createdAt: Date; id: string } | undefined {
  const match = /^(\d{1,15})\.([\w-]{1,128})$/.exec(cursor);
  return match ? { createdAt: new Date(Number(match[1])), id: match[2] as string } : undefined;
}
