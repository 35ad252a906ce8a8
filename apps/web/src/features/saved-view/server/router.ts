import { can } from '@ai-bridge/access';
import type { PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { z } from 'zod';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { maxViewNameLength, maxViews } from '../saved-view.ts';
import { knownQuery, permissionOf, type ViewPage, viewPages } from '../view-pages.ts';
import { readViews } from './read-views.ts';

const maxFilters = 8;
const maxFilterLength = 254;
const id = z.string().min(1).max(64);
const page = z.enum(viewPages);
const name = z.string().trim().min(1).max(maxViewNameLength);
const query = z
  .record(z.string().max(32), z.string().max(maxFilterLength))
  .refine((filters) => Object.keys(filters).length <= maxFilters);
const keep = z.object({ page, name, query, opensFirst: z.boolean() }).transform((view, ctx) => {
  const known = knownQuery(view.page, view.query);
  if (known) return { ...view, query: known };
  ctx.addIssue({ code: 'custom', path: ['query'], message: 'the page knows none of these filters' });
  return z.NEVER;
});

type Session = NonNullable<Context['session']>;

/** Views of lists: everybody's own, of the pages that they may open. Another person's are as unknown as none. */
export const savedViewRouter = router({
  list: staffOnly('savedView.keep')
    .input(z.object({ page }))
    .query(({ ctx: { deps, session }, input }) => {
      needPage(session, input.page);
      return readViews(deps.prisma, { userId: session.user.id, page: input.page });
    }),

  /** Keeps filters under a name: what the page knows of them. */
  keep: staffOnly('savedView.keep')
    .input(keep)
    .mutation(async ({ ctx: { deps, session }, input }) => {
      needPage(session, input.page);
      const userId = session.user.id;
      const viewId = newId('vew', deps.clock.now());
      await deps.prisma.$transaction(async (tx) => {
        await lockPerson(tx, userId);
        const own = { userId, page: input.page };
        if ((await tx.savedView.count({ where: own })) >= maxViews) throw refuse('view_limit_reached');
        if ((await tx.savedView.count({ where: { ...own, name: input.name } })) > 0) throw refuse('view_name_taken');
        if (input.opensFirst) await openNoneFirst(tx, own);
        await tx.savedView.create({ data: { id: viewId, userId, ...input, createdAt: new Date(deps.clock.now()) } });
      });
      return { id: viewId };
    }),

  /** Calls a view something else, or has the page open with it or without. */
  change: staffOnly('savedView.keep')
    .input(z.object({ id, name: name.optional(), opensFirst: z.boolean().optional() }))
    .mutation(async ({ ctx: { deps, session }, input }) => {
      const userId = session.user.id;
      await deps.prisma.$transaction(async (tx) => {
        await lockPerson(tx, userId);
        const view = await tx.savedView.findFirst({ where: { id: input.id, userId } });
        if (!view) throw refuse('not_found');
        const own = { userId, page: view.page };
        if (input.name !== undefined) {
          const others = { ...own, name: input.name, id: { not: view.id } };
          if ((await tx.savedView.count({ where: others })) > 0) throw refuse('view_name_taken');
        }
        if (input.opensFirst) await openNoneFirst(tx, own);
        const { name: newName = view.name, opensFirst = view.opensFirst } = input;
        await tx.savedView.update({ where: { id: view.id }, data: { name: newName, opensFirst } });
      });
    }),

  delete: staffOnly('savedView.keep')
    .input(z.object({ id }))
    .mutation(async ({ ctx: { deps, session }, input }) => {
      const { count } = await deps.prisma.savedView.deleteMany({ where: { id: input.id, userId: session.user.id } });
      if (count === 0) throw refuse('not_found');
    }),
});

/** @throws forbidden where the page itself is not open to this person */
function needPage({ user }: Session, of: ViewPage): void {
  if (!can({ staffRole: user.staffRole }, permissionOf(of))) throw refuse('forbidden');
}

/** One after the other: how many there are, their names and which opens first are looked at before they are written. */
async function lockPerson(tx: PrismaSession, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR NO KEY UPDATE`;
}

async function openNoneFirst(tx: PrismaSession, own: { readonly userId: string; readonly page: string }) {
  await tx.savedView.updateMany({ where: { ...own, opensFirst: true }, data: { opensFirst: false } });
}
