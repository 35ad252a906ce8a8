import { setWelcomeSkip, welcomeSkips } from '@ai-bridge/catalog';
import { newId } from '@ai-bridge/domain';
import { z } from 'zod';
import { tellPerson } from '#features/account/server/tell-person.ts';
import { refuse } from '#server/errors.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { readWelcome, stripeWebhookAddress } from './read-welcome.ts';

/** Test mails that may leave in a minute. */
const maxTestMails = 5;
const perMs = 60_000;

export const welcomeRouter = router({
  /** How far the first set-up has come, and what it goes by. */
  read: staffOnly('setting.manage').query(({ ctx: { deps, session } }) => {
    const [membership] = session.memberships;
    const own = membership && { id: membership.organizationId, name: membership.organizationName };
    return readWelcome(deps, own);
  }),

  /** Passes a step over, or all that is left; or comes back to it. */
  setSkipped: staffOnly('setting.manage')
    .input(z.object({ step: z.enum(welcomeSkips), isSkipped: z.boolean() }))
    .mutation(({ ctx: { deps, actor }, input }) => setWelcomeSkip(deps.prisma, input, actor)),

  /** Mails who asks, the way that everybody is mailed. */
  sendTestMail: staffOnly('setting.manage').mutation(async ({ ctx: { deps, session } }) => {
    const { email } = session.user;
    await deps.prisma.$transaction(async (transaction) => {
      const createdAt = { gt: new Date(deps.clock.now() - perMs) };
      const recent = await transaction.mail.count({ where: { template: 'account-test', createdAt } });
      if (recent >= maxTestMails) throw refuse('too_many_attempts');
      const person = await transaction.user.findUnique({ where: { email }, select: { locale: true } });
      const fact = `test:${newId('eml')}`;
      await tellPerson(transaction, deps, { email, locale: person?.locale ?? null }, { news: 'test' }, fact);
    });
  }),

  /** Asks who takes the money whether the site's keys are taken, and whether events come here. Null where there are no keys. */
  testPaymentKeys: staffOnly('setting.manage').mutation(async ({ ctx: { deps } }) => {
    const { current } = deps.billing.providers;
    if (!current) return null;
    if (!deps.checkoutThrottle.admitKeyTest()) throw refuse('too_many_attempts');
    return (await current.checkKeys(stripeWebhookAddress(deps.siteUrl))) ?? null;
  }),
});
