import { writeAudit } from '@ai-bridge/access';
import { newId } from '@ai-bridge/domain';
import { z } from 'zod';
import { bothLanguages, needEachLanguage } from '#server/both-languages-input.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';
import { findPeople } from '#server/people.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { unknownPlaceholders } from '../placeholders.ts';
import { maxReplies, maxReplyTextLength, maxReplyTitleLength } from '../reply.ts';

const id = z.string().min(1).max(64);
const content = z.object({
  title: bothLanguages(maxReplyTitleLength).refine(({ zh, en }) => zh !== '' || en !== ''),
  text: bothLanguages(maxReplyTextLength),
});

export type ReplyContent = z.output<typeof content>;

export const replyRouter = router({
  /** Every reply, with who changed it last; the oldest first. */
  list: staffOnly('reply.read').query(async ({ ctx: { deps } }) => {
    const rows = await deps.prisma.replyText.findMany({ orderBy: { id: 'asc' } });
    const personOf = await findPeople(
      deps,
      rows.map(({ updatedByUserId }) => updatedByUserId),
    );
    return rows.map(({ titleZh, titleEn, textZh, textEn, updatedByUserId, updatedAt, ...row }) => ({
      id: row.id,
      title: { zh: titleZh, en: titleEn },
      text: { zh: textZh, en: textEn },
      updatedAt,
      /** Null: it came with the product. */
      updatedBy: personOf(updatedByUserId),
    }));
  }),

  create: staffOnly('reply.manage')
    .input(content)
    .mutation(async ({ ctx: { deps, actor, session }, input }) => {
      await check(deps, input);
      const replyId = newId('rpl', deps.clock.now());
      await deps.prisma.$transaction(async (tx) => {
        if ((await tx.replyText.count()) >= maxReplies) throw refuse('reply_limit_reached');
        await tx.replyText.create({ data: { id: replyId, ...columnsOf(input), updatedByUserId: session.user.id } });
        await writeAudit(tx, actor, { action: 'reply.create', target: replyId, detail: input });
      });
      return { id: replyId };
    }),

  /** Changes a reply that nobody else has changed since it was read. */
  update: staffOnly('reply.manage')
    .input(z.object({ id, updatedAt: z.date(), content }))
    .mutation(async ({ ctx: { deps, actor, session }, input }) => {
      await check(deps, input.content);
      await deps.prisma.$transaction(async (tx) => {
        const before = await tx.replyText.findUnique({ where: { id: input.id } });
        const { count } = await tx.replyText.updateMany({
          where: { id: input.id, updatedAt: input.updatedAt },
          data: { ...columnsOf(input.content), updatedByUserId: session.user.id },
        });
        if (!before) throw refuse('not_found');
        if (count === 0) throw refuse('changed_meanwhile');
        const detail = { from: wordsOf(before), to: input.content };
        await writeAudit(tx, actor, { action: 'reply.update', target: input.id, detail });
      });
    }),

  /** What it said stays in the audit log. */
  delete: staffOnly('reply.manage')
    .input(z.object({ id }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      await deps.prisma.$transaction(async (tx) => {
        const row = await tx.replyText.findUnique({ where: { id: input.id } });
        if (!row) throw refuse('not_found');
        await tx.replyText.delete({ where: { id: row.id } });
        await writeAudit(tx, actor, { action: 'reply.delete', target: row.id, detail: wordsOf(row) });
      });
    }),
});

/** @throws text_missing, placeholder_unknown */
async function check(deps: Deps, { text }: ReplyContent): Promise<void> {
  await needEachLanguage(deps, text);
  if (unknownPlaceholders(`${text.zh}\n${text.en}`).length > 0) throw refuse('placeholder_unknown');
}

type Row = Readonly<Record<'titleZh' | 'titleEn' | 'textZh' | 'textEn', string>>;

function wordsOf({ titleZh, titleEn, textZh, textEn }: Row) {
  return { title: { zh: titleZh, en: titleEn }, text: { zh: textZh, en: textEn } };
}

function columnsOf({ title, text }: ReplyContent) {
  return { titleZh: title.zh, titleEn: title.en, textZh: text.zh, textEn: text.en };
}
