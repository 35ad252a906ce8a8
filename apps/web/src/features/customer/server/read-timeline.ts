import type { Permission } from '@ai-bridge/access';
import type { Deps } from '#server/deps.ts';
import { findPeople } from '#server/people.ts';
import { kindsShown, type TimelineKind } from '../timeline-kind.ts';
import { readTimelinePage, type TimelineSource } from './timeline-page.ts';
import { type TimelineEntry, timelineReads } from './timeline-sources.ts';

export interface TimelineQuestion {
  readonly organizationId: string;
  /** Undefined: all but who looked. */
  readonly kind: TimelineKind | undefined;
  readonly cursor: string | undefined;
  /** Who asks. */
  readonly userId: string;
  readonly may: (permission: Permission) => boolean;
}

const pageSize = 50;
/** Members whose sign-ins and mails are looked up. */
const maxMembers = 200;

/** A page of all that happened at a customer, as far as who asks may see it. */
export async function readTimeline(deps: Deps, { organizationId, kind, cursor, userId, may }: TimelineQuestion) {
  const members = await deps.prisma.member.findMany({
    where: { organizationId },
    orderBy: { createdAt: 'asc' },
    take: maxMembers,
    select: { user: { select: { id: true, email: true } } },
  });
  const customer = { organizationId, members: members.map(({ user }) => user) };
  const sources = kindsShown(may, kind).map((shown): TimelineSource<TimelineEntry> => {
    return { kind: shown, read: timelineReads[shown](deps, customer) };
  });
  const { entries, nextCursor } = await readTimelinePage(sources, { cursor, limit: pageSize });
  const [personOf, keyNames] = await Promise.all([
    findPeople(deps, entries.flatMap(peopleIn)),
    namesOfKeys(deps, entries),
  ]);
  return {
    entries: entries.map((entry) => ({ ...entry, ...namesIn(entry, personOf, keyNames), isOwn: isBy(entry, userId) })),
    nextCursor,
  };
}

const isBy = (entry: TimelineEntry, userId: string): boolean => entry.kind === 'note' && entry.authorUserId === userId;

const personId = /^usr_/;

function peopleIn(entry: TimelineEntry): (string | null)[] {
  const ids = [
    'byUserId' in entry ? entry.byUserId : null,
    'authorUserId' in entry ? entry.authorUserId : null,
    'withdrawnByUserId' in entry ? entry.withdrawnByUserId : null,
    'target' in entry ? entry.target : null,
  ];
  return ids.map((id) => (id && personId.test(id) ? id : null));
}

/** Who did it, and whom or what it was done to. */
function namesIn(
  entry: TimelineEntry,
  personOf: Awaited<ReturnType<typeof findPeople>>,
  keyNames: ReadonlyMap<string, string>,
) {
  const [by, author, withdrawer, person] = peopleIn(entry).map(personOf);
  return {
    by: by ?? author ?? null,
    withdrawnBy: withdrawer ?? null,
    person: person ?? null,
    keyName: entry.kind === 'key' ? (keyNames.get(entry.target) ?? null) : null,
  };
}

/** What keys are called, deleted ones too: their name and how they end. */
async function namesOfKeys({ prisma }: Deps, entries: readonly TimelineEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = entries.flatMap((entry) => (entry.kind === 'key' ? [entry.target] : []));
  if (ids.length === 0) return new Map();
  const rows = await prisma.apiKey.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, last4: true },
  });
  return new Map(rows.map(({ id, name, last4 }) => [id, `${name} …${last4}`]));
}
