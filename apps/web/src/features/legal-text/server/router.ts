import { writeAudit } from '@ai-bridge/access';
import { z } from 'zod';
import { bothLanguages, needEachLanguage } from '#server/both-languages-input.ts';
import { refuse } from '#server/errors.ts';
import { findPeople } from '#server/people.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { legalDocuments, maxLegalCharacters } from '../legal-text.ts';
import { currentLegalText, legalTextOf } from './legal-texts.ts';

const maxVersionsListed = 100;
const document = z.enum(legalDocuments);
const version = z.int().min(0).max(1_000_000);

export const legalTextRouter = router({
  /** The text in force, and when each version before it was written. */
  read: staffOnly('legalText.read')
    .input(z.object({ document }))
    .query(async ({ ctx: { deps }, input }) => {
      const [current, versions] = await Promise.all([
        currentLegalText(deps.prisma, input.document),
        deps.prisma.legalText.findMany({
          where: { document: input.document },
          orderBy: { version: 'desc' },
          take: maxVersionsListed,
          select: { version: true, createdAt: true, createdByUserId: true },
        }),
      ]);
      const personOf = await findPeople(
        deps,
        versions.map(({ createdByUserId }) => createdByUserId),
      );
      const listed = versions.map(({ createdByUserId, ...row }) => ({ ...row, by: personOf(createdByUserId) }));
      return { current, versions: listed };
    }),

  /** One version as it was. */
  version: staffOnly('legalText.read')
    .input(z.object({ document, version }))
    .query(async ({ ctx: { deps }, input }) => {
      const row = await deps.prisma.legalText.findUnique({ where: { document_version: input } });
      if (!row) throw refuse('not_found');
      return legalTextOf(input.document, row);
    }),

  /** Puts a new version in force; the ones before it are kept. */
  publish: staffOnly('legalText.manage')
    .input(z.object({ document, text: bothLanguages(maxLegalCharacters), after: version }))
    .mutation(async ({ ctx: { deps, actor, session }, input: { document: name, text, after } }) => {
      await needEachLanguage(deps, text);
      const made = { document: name, version: after + 1, textZh: text.zh, textEn: text.en };
      await deps.prisma.$transaction(async (transaction) => {
        // Whoever wrote on an older version than the one in force is told, rather than undoing another's work.
        const inForce = await transaction.legalText.aggregate({ where: { document: name }, _max: { version: true } });
        if ((inForce._max.version ?? 0) !== after) throw refuse('changed_meanwhile');
        const { count } = await transaction.legalText.createMany({
          data: { ...made, createdByUserId: session.user.id },
          skipDuplicates: true,
        });
        if (count === 0) throw refuse('changed_meanwhile');
        const target = `${name}:${made.version}`;
        await writeAudit(transaction, actor, { action: 'legalText.publish', target });
      });
      return { version: made.version };
    }),
});
