import { writeAudit } from '@ai-bridge/access';
import { listMail, mailStates, readMail, retryMail } from '@ai-bridge/mail';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { organizationOfAddress } from '#server/organizations.ts';
import { needLookReason, writeLook } from '#server/staff-look.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { maxAddressLength } from '../mail-filter.ts';

const pageSize = 50;
const id = z.string().min(1).max(64);
const mail = z.object({ mailId: id });

export const mailboxRouter = router({
  /** Mails of everybody, newest first, by a part of an address. */
  list: staffOnly('mailbox.read')
    .input(
      z.object({
        address: z.string().trim().max(maxAddressLength).default(''),
        state: z.enum(mailStates).optional(),
        cursor: id.optional(),
      }),
    )
    .query(async ({ ctx: { deps }, input: { address, state, cursor } }) => {
      const found = await listMail(deps.database, { address, state, before: cursor, limit: pageSize + 1 });
      const mails = found.slice(0, pageSize);
      const nextCursor = found.length > pageSize ? mails.at(-1)?.id : undefined;
      return { mails, nextCursor, isKept: deps.mail.transport === undefined };
    }),

  /**
   * One mail as its reader has it; a customer's only for a stated reason. Looking is written to the audit log, and opening one that carries a
   * secret beside it.
   */
  read: staffOnly('mailbox.read')
    .input(mail)
    .query(async ({ ctx: { deps, session, actor }, input }) => {
      const hasSmtp = deps.mail.transport !== undefined;
      const found = await readMail(deps.database, { id: input.mailId, hasSmtp });
      if (!found) throw refuse('not_found');
      const customerId = found.organizationId ?? (await organizationOfAddress(deps, found.to));
      if (customerId !== undefined) {
        await needLookReason({ deps, session, actor }, customerId);
        await writeLook({ deps, actor }, { target: found.id, organizationId: customerId });
      }
      if (found.isSensitive && found.body) {
        const organizationId = found.organizationId ?? undefined;
        await writeAudit(deps.prisma, actor, { action: 'mail.readSecret', target: found.id, organizationId });
      }
      return found;
    }),

  /** Sends a mail that failed once more. */
  retry: staffOnly('mailbox.retry')
    .input(mail)
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const isQueued = await retryMail(deps.database, input.mailId, new Date(deps.clock.now()));
      if (isQueued) await writeAudit(deps.prisma, actor, { action: 'mail.retry', target: input.mailId });
      return { isQueued };
    }),
});
