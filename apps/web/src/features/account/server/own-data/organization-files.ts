import { listMembers } from '@ai-bridge/access';
import { listOrdersBefore, listRefundsBefore, type Order, type Refund } from '@ai-bridge/billing';
import { formatUsd } from '@ai-bridge/domain';
import { listEntries, readBalance, type StatementEntry } from '@ai-bridge/ledger';
import { listUsageDays, type UsageDay } from '@ai-bridge/usage';
import { decimalOfMinor } from '#components/money.ts';
import type { Deps } from '#server/deps.ts';
import type { ZipEntry } from '#server/zip.ts';
import { csvEntry, jsonEntry, pagesOf } from './data-file.ts';
import { type KeyRow, keyCells, keyColumns, mapped } from './person-files.ts';

/** Rows of one page: what the lists give at most. */
const pageSize = 200;

/** What belongs to an organization, for its owner: members, keys without their secrets, money and usage. Single requests have a file of their own. */
export function organizationFiles({ prisma, database }: Deps, organizationId: string): ZipEntry[] {
  const at = (name: string) => `organizations/${organizationId}/${name}`;
  return [
    jsonEntry(at('organization'), async () => {
      const { id, name, status, limits, createdAt } = await prisma.organization.findUniqueOrThrow({
        where: { id: organizationId },
      });
      const { postedNanoUsd } = await readBalance(database, organizationId);
      return { id, name, status, limits, createdAt, balanceNanoUsd: postedNanoUsd };
    }),
    csvEntry(at('members'), ['id', 'name', 'e-mail', 'role', 'since'], async function* () {
      const members = await listMembers(prisma, organizationId);
      yield members.map(({ userId, name, email, role, since }) => [userId, name, email, role, since]);
    }),
    csvEntry(at('keys'), keyColumns, () =>
      mapped(
        pagesOf(pageSize, (last?: KeyRow) =>
          prisma.apiKey.findMany({
            where: { organizationId },
            orderBy: { id: 'asc' },
            take: pageSize,
            ...(last && { cursor: { id: last.id }, skip: 1 }),
          }),
        ),
        keyCells,
      ),
    ),
    csvEntry(
      at('orders'),
      ['id', 'begun', 'paid', 'title', 'note', 'tokens', 'bonus tokens', 'amount', 'currency', 'state'],
      () =>
        mapped(
          pagesOf(pageSize, (last?: Order) =>
            listOrdersBefore(database, { organizationId, before: positionOf(last), limit: pageSize }),
          ),
          (o) => [
            ...[o.id, o.createdAt, o.paidAt, o.title, o.description, o.tokens, o.bonusTokens],
            ...[money(o), o.currency, o.state],
          ],
        ),
    ),
    csvEntry(at('refunds'), ['id', 'order', 'asked', 'ended', 'amount', 'currency', 'state', 'reason'], () =>
      mapped(
        pagesOf(pageSize, (last?: Refund) =>
          listRefundsBefore(database, { organizationId, before: positionOf(last), limit: pageSize }),
        ),
        (r) => [r.id, r.orderId, r.createdAt, r.endedAt, money(r), r.currency, r.state, r.reason],
      ),
    ),
    csvEntry(at('ledger'), ['at', 'kind', 'credit', 'amount (USD)', 'reason'], () =>
      mapped(
        pagesOf(pageSize, async (last?: StatementEntry) => {
          const page = await listEntries(database, { organizationId, cursor: last?.sequence, limit: pageSize });
          return page.entries;
        }),
        (entry) => [
          entry.createdAt,
          entry.kind,
          entry.creditKind,
          { exact: formatUsd(entry.amountNanoUsd) },
          entry.reason,
        ],
      ),
    ),
    csvEntry(at('usage-by-day'), usageColumns, () =>
      mapped(
        pagesOf(pageSize, (last?: UsageDay) =>
          listUsageDays(database, { organizationId, before: last?.day, limit: pageSize }),
        ),
        (u) => [
          ...[u.day, u.requests, u.errors, u.input, u.cacheRead, u.cacheWrite, u.output],
          { exact: formatUsd(u.chargeNanoUsd) },
        ],
      ),
    ),
  ];
}

const usageColumns = [
  'day (UTC)',
  'requests',
  'errors',
  'input',
  'cache read',
  'cache write',
  'output',
  'charge (USD)',
];

const positionOf = (row: { readonly createdAt: Date; readonly id: string } | undefined) =>
  row && { at: row.createdAt, id: row.id };

const money = ({ amountMinor, currency }: { readonly amountMinor: bigint; readonly currency: string }) => ({
  exact: decimalOfMinor(amountMinor, currency),
});
