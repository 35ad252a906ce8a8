import { type Actor, writeAudit } from '@ai-bridge/access';
import type { Prisma } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { z } from 'zod';
import { bothLanguages, needEachLanguage } from '#server/both-languages-input.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { router, staffOnly } from '#server/trpc.ts';
import {
  type AnnouncementState,
  audiences,
  importances,
  maxBodyCharacters,
  maxTitleCharacters,
} from '../announcement.ts';

const maxListed = 200;
const id = z.string().min(1).max(64);
const content = z
  .object({
    title: bothLanguages(maxTitleCharacters),
    body: bothLanguages(maxBodyCharacters),
    audience: z.enum(audiences),
    importance: z.enum(importances),
    isPinned: z.boolean(),
    activeFrom: z.date().nullable(),
    activeUntil: z.date().nullable(),
  })
  .refine(({ activeFrom, activeUntil }) => !activeFrom || !activeUntil || activeUntil > activeFrom, {
    path: ['activeUntil'],
  })
  .refine(({ title }) => title.zh !== '' || title.en !== '', { path: ['title'] });

export type AnnouncementContent = z.output<typeof content>;

export const announcementRouter = router({
  /** Every announcement, the newest first. */
  list: staffOnly('announcement.read').query(async ({ ctx: { deps } }) => {
    const rows = await deps.prisma.announcement.findMany({ orderBy: { id: 'desc' }, take: maxListed });
    return rows.map(({ titleZh, titleEn, bodyZh, bodyEn, audience, importance, state, ...row }) => ({
      ...row,
      title: { zh: titleZh, en: titleEn },
      body: { zh: bodyZh, en: bodyEn },
      audience: audience as AnnouncementContent['audience'],
      importance: importance as AnnouncementContent['importance'],
      state: state as AnnouncementState,
    }));
  }),

  /** Makes a draft. */
  create: staffOnly('announcement.manage')
    .input(content)
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const made = { id: newId('ann', deps.clock.now()), ...columnsOf(input) };
      await deps.prisma.$transaction(async (session) => {
        await session.announcement.create({ data: made });
        await writeAudit(session, actor, { action: 'announcement.create', target: made.id, detail: detailOf(input) });
      });
      return { id: made.id };
    }),

  /** Changes what it says, also while it is shown. */
  update: staffOnly('announcement.manage')
    .input(z.object({ id, content }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const before = await stored(deps, input.id);
      if (before.state === 'published') await needEachLanguage(deps, input.content.title, input.content.body);
      const detail = { from: detailOf(contentOf(before)), to: detailOf(input.content) };
      const audit = { action: 'announcement.update', detail };
      await change(deps, { actor, id: input.id, columns: columnsOf(input.content), ...audit });
    }),

  /** Shows it to its audience, from its beginning on. */
  publish: staffOnly('announcement.manage')
    .input(z.object({ id }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const row = await stored(deps, input.id);
      if (row.state === 'published') return;
      const [title, body] = [
        { zh: row.titleZh, en: row.titleEn },
        { zh: row.bodyZh, en: row.bodyEn },
      ];
      await needEachLanguage(deps, title, body);
      const columns = { state: 'published', publishedAt: new Date(deps.clock.now()) };
      await change(deps, { actor, id: input.id, columns, action: 'announcement.publish', detail: { title, body } });
    }),

  /** Takes it away from everyone but staff. */
  withdraw: staffOnly('announcement.manage')
    .input(z.object({ id }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      await stored(deps, input.id);
      await change(deps, { actor, id: input.id, columns: { state: 'withdrawn' }, action: 'announcement.withdraw' });
    }),
});

function columnsOf({ title, body, ...rest }: AnnouncementContent) {
  return { ...rest, titleZh: title.zh, titleEn: title.en, bodyZh: body.zh, bodyEn: body.en };
}

type Stored = Awaited<ReturnType<typeof stored>>;

function contentOf({ titleZh, titleEn, bodyZh, bodyEn, ...row }: Stored): AnnouncementContent {
  const { isPinned, activeFrom, activeUntil } = row;
  return {
    ...{ title: { zh: titleZh, en: titleEn }, body: { zh: bodyZh, en: bodyEn }, isPinned, activeFrom, activeUntil },
    audience: row.audience as AnnouncementContent['audience'],
    importance: row.importance as AnnouncementContent['importance'],
  };
}

/** All that it says, so that what was once shown can be read later. */
function detailOf({ activeFrom, activeUntil, ...rest }: AnnouncementContent): Prisma.InputJsonObject {
  return { ...rest, activeFrom: activeFrom?.toISOString() ?? null, activeUntil: activeUntil?.toISOString() ?? null };
}

async function stored(deps: Deps, announcementId: string) {
  const row = await deps.prisma.announcement.findUnique({ where: { id: announcementId } });
  if (!row) throw refuse('not_found');
  return row;
}

interface Change {
  readonly actor: Actor;
  readonly id: string;
  readonly columns: Prisma.AnnouncementUpdateInput;
  readonly action: string;
  readonly detail?: Prisma.InputJsonObject;
}

async function change({ prisma }: Deps, { actor, id: target, columns, action, detail }: Change): Promise<void> {
  await prisma.$transaction(async (session) => {
    await session.announcement.update({ where: { id: target }, data: columns });
    await writeAudit(session, actor, { action, target, detail });
  });
}
