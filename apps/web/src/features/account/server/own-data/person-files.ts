import { listIdentities, listPersonAudit } from '@ai-bridge/access';
import { readMailKinds } from '@ai-bridge/mail';
import type { Deps } from '#server/deps.ts';
import type { ZipEntry } from '#server/zip.ts';
import { csvEntry, jsonEntry, pagesOf } from './data-file.ts';

/** Rows of one page. */
const pageSize = 200;

/** Everything that is stored of a person themselves. No secret is in it: neither hashes, nor what a cookie or a key carries. */
export function personFiles({ prisma, database }: Deps, userId: string): ZipEntry[] {
  return [
    jsonEntry('profile', async () => {
      const user = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
      const { id, email, name, locale, createdAt, emailVerifiedAt, staffRole, passwordHash, mailsOff } = user;
      return {
        ...{ id, email, name, locale, createdAt, emailVerifiedAt, staffRole },
        hasPassword: passwordHash !== null,
        hasTwoFactor: (await prisma.twoFactor.count({ where: { userId, confirmedAt: { not: null } } })) > 0,
        mailsOff: readMailKinds(mailsOff),
        identities: await listIdentities(prisma, userId),
      };
    }),
    jsonEntry('memberships', async () => {
      const rows = await prisma.member.findMany({ where: { userId }, include: { organization: true } });
      return rows.map(({ organization, role, createdAt, spendPerDayNanoUsd, spendPerMonthNanoUsd }) => ({
        organization: { id: organization.id, name: organization.name },
        ...{ role, createdAt, spendPerDayNanoUsd, spendPerMonthNanoUsd },
      }));
    }),
    jsonEntry('saved-views', () =>
      prisma.savedView.findMany({
        where: { userId },
        select: { page: true, name: true, query: true, opensFirst: true, createdAt: true },
        orderBy: { id: 'asc' },
      }),
    ),
    csvEntry('sessions', ['signed in', 'last seen', 'ends', 'ended', 'address', 'device', 'by'], () =>
      mapped(
        pagesOf(pageSize, (last?: SessionRow) =>
          prisma.session.findMany({
            where: { userId },
            orderBy: { id: 'asc' },
            take: pageSize,
            ...(last && { cursor: { id: last.id }, skip: 1 }),
          }),
        ),
        (s) => [s.createdAt, s.lastSeenAt, s.expiresAt, s.revokedAt, s.address, s.userAgent, s.method],
      ),
    ),
    csvEntry('keys', keyColumns, () =>
      mapped(
        pagesOf(pageSize, (last?: KeyRow) =>
          prisma.apiKey.findMany({
            where: { createdByUserId: userId },
            orderBy: { id: 'asc' },
            take: pageSize,
            ...(last && { cursor: { id: last.id }, skip: 1 }),
          }),
        ),
        keyCells,
      ),
    ),
    csvEntry('mails', ['sent', 'template', 'language', 'subject', 'state'], async function* () {
      const { email } = await prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
      const pages = pagesOf(pageSize, (last?: { id: string }) =>
        prisma.mail.findMany({
          where: { toAddress: email },
          orderBy: { id: 'asc' },
          take: pageSize,
          select: { id: true, createdAt: true, template: true, locale: true, subject: true, state: true },
          ...(last && { cursor: { id: last.id }, skip: 1 }),
        }),
      );
      for await (const page of pages)
        yield page.map((mail) => [mail.createdAt, mail.template, mail.locale, mail.subject, mail.state]);
    }),
    csvEntry('account-log', ['at', 'action', 'address'], () =>
      mapped(
        pagesOf(pageSize, (last?: { at: Date; id: bigint }) => {
          const before = last && { at: last.at, id: String(last.id) };
          return listPersonAudit(database, { userIds: [userId], part: 'accounts', before, limit: pageSize });
        }),
        ({ at, action, address }) => [at, action, address],
      ),
    ),
  ];
}

type SessionRow = Awaited<ReturnType<Deps['prisma']['session']['findMany']>>[number];
export type KeyRow = Awaited<ReturnType<Deps['prisma']['apiKey']['findMany']>>[number];

export const keyColumns = [
  'id',
  'organization',
  'name',
  'prefix',
  'last 4',
  'group',
  'made',
  'last used',
  'expires',
  'disabled',
  'deleted',
];

export function keyCells(key: KeyRow) {
  const { id, organizationId, name, prefix, last4, group, createdAt, lastUsedAt, expiresAt, disabledAt, deletedAt } =
    key;
  return [id, organizationId, name, prefix, last4, group, createdAt, lastUsedAt, expiresAt, disabledAt, deletedAt];
}

/** Rows as cells, page by page. */
export async function* mapped<Row, Cells>(
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => Cells,
): AsyncGenerator<Cells[]> {
  for await (const page of pages) yield page.map(cellsOf);
}
