import { findOrganizations, type ListedOrganization } from '@ai-bridge/access';
import { readPostedBalances } from '@ai-bridge/ledger';
import type { Deps } from '#server/deps.ts';
import type { CustomerFilter } from '../customer-filter.ts';

export interface ListQuestion extends CustomerFilter {
  readonly cursor: string | undefined;
  readonly mayReadBalances: boolean;
}

const pageSize = 50;
/** Where only those with a balance are wanted: how many are looked at for one page. */
const [scanSize, maxScans] = [200, 10];
const newForMs = 7 * 24 * 60 * 60 * 1_000;

/** A page of customers, newest first. Of those with a balance a page may have few, and still lead on. */
export async function listCustomers(deps: Deps, { search, part, cursor, mayReadBalances }: ListQuestion) {
  const isFunded = part === 'funded' && mayReadBalances;
  const found: (ListedOrganization & { readonly postedNanoUsd: bigint | null })[] = [];
  let before = cursor === undefined ? undefined : readCursor(cursor);
  let isMore = true;
  for (let scan = 0; isMore && found.length < pageSize && scan < (isFunded ? maxScans : 1); scan++) {
    const limit = isFunded ? scanSize : pageSize;
    const rows = await findOrganizations(deps.database, {
      ...{ beginning: search, before, limit: limit + 1 },
      isSuspended: part === 'suspended' ? true : undefined,
      createdSince: part === 'new' ? new Date(deps.clock.now() - newForMs) : undefined,
    });
    const balances = mayReadBalances
      ? await readPostedBalances(
          deps.database,
          rows.map(({ id }) => id),
        )
      : undefined;
    isMore = rows.length > limit;
    for (const row of rows.slice(0, limit)) {
      if (found.length === pageSize) {
        isMore = true;
        break;
      }
      before = { at: row.createdAt, id: row.id };
      const postedNanoUsd = balances ? (balances.get(row.id) ?? 0n) : null;
      if (!isFunded || (postedNanoUsd ?? 0n) > 0n) found.push({ ...row, postedNanoUsd });
    }
  }
  return { customers: found, nextCursor: isMore && before ? `${before.at.getTime()}.${before.id}` : undefined };
}

function readCursor(cursor: string): { at: Date; id: string } | undefined {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor) ?? [];
  return at && id ? { at: new Date(Number(at)), id } : undefined;
}
