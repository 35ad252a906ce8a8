import { readSettings } from '@ai-bridge/catalog';
import { locales } from '#i18n/routing.ts';
import type { Deps } from '#server/deps.ts';
import type { AnswerReader } from '../reply.ts';

/**
 * Whom an answer in an organization's affairs is for: who asked, where they belong to it, else its first owner. The language is theirs, or the
 * site's first where they never chose one.
 */
export async function answerReader(
  { prisma }: Pick<Deps, 'prisma'>,
  { organizationId, askedByUserId }: { readonly organizationId: string; readonly askedByUserId: string | null },
): Promise<AnswerReader> {
  const [members, { languages }] = await Promise.all([
    prisma.member.findMany({
      where: { organizationId, OR: [{ role: 'owner' }, ...(askedByUserId ? [{ userId: askedByUserId }] : [])] },
      select: { userId: true, user: { select: { name: true, locale: true } } },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    }),
    readSettings(prisma),
  ]);
  const { user } = members.find(({ userId }) => userId === askedByUserId) ?? members[0] ?? {};
  const language = locales.find((locale) => locale === user?.locale) ?? languages[0] ?? 'zh';
  return { name: user?.name ?? null, language };
}
