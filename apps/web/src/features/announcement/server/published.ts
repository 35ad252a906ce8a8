import type { Prisma, PrismaClient } from '@ai-bridge/db';
import type { Audience, Importance, PublishedAnnouncement } from '../announcement.ts';

/** The most that a page lists; older ones keep their addresses. */
const maxListed = 100;
/** The most banners that stand above a page. */
const maxPinned = 2;

/** Who asks, and when. */
export interface Reading {
  readonly audiences: readonly Audience[];
  readonly now: Date;
}

/** What is shown at present, the newest first. */
export async function listPublished(prisma: PrismaClient, reading: Reading): Promise<PublishedAnnouncement[]> {
  const rows = await prisma.announcement.findMany({
    where: shown(reading),
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take: maxListed,
  });
  return rows.map(publishedOf);
}

/** What stands above every page at present: warnings first, then the newest. */
export async function listPinned(prisma: PrismaClient, reading: Reading): Promise<PublishedAnnouncement[]> {
  const rows = await prisma.announcement.findMany({
    where: { ...shown(reading), isPinned: true },
    orderBy: [{ importance: 'desc' }, { publishedAt: 'desc' }, { id: 'desc' }],
    take: maxPinned,
  });
  return rows.map(publishedOf);
}

/** One of them; undefined where this reader is shown none by this id. */
export async function findPublished(
  prisma: PrismaClient,
  id: string,
  reading: Reading,
): Promise<PublishedAnnouncement | undefined> {
  const row = await prisma.announcement.findFirst({ where: { ...shown(reading), id } });
  return row ? publishedOf(row) : undefined;
}

function shown({ audiences, now }: Reading): Prisma.AnnouncementWhereInput {
  return {
    state: 'published',
    audience: { in: [...audiences] },
    AND: [
      { OR: [{ activeFrom: null }, { activeFrom: { lte: now } }] },
      { OR: [{ activeUntil: null }, { activeUntil: { gt: now } }] },
    ],
  };
}

type Row = Awaited<ReturnType<PrismaClient['announcement']['findFirstOrThrow']>>;

/** An announcement is as new as the moment it is shown from. */
function publishedOf({ id, titleZh, titleEn, bodyZh, bodyEn, importance, ...row }: Row): PublishedAnnouncement {
  return {
    id,
    title: { zh: titleZh, en: titleEn },
    body: { zh: bodyZh, en: bodyEn },
    importance: importance as Importance,
    publishedAt: latest(row.publishedAt ?? row.createdAt, row.activeFrom),
  };
}

function latest(one: Date, other: Date | null): Date {
  return other && other > one ? other : one;
}
