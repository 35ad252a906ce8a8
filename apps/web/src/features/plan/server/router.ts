import { listPlansOnSale, listPriceTerms } from '@ai-bridge/billing';
import { authorized, router } from '#server/trpc.ts';
import { exampleAnswer } from './example-answer.ts';

export const planRouter = router({
  /** What can be bought now, how an amount of one's own is sold, and whether money moves at all. */
  onSale: authorized('balance.read').query(async ({ ctx: { deps } }) => {
    const now = new Date(deps.clock.now());
    const [plans, example] = await Promise.all([listPlansOnSale(deps.database, now), exampleAnswer(deps.prisma, now)]);
    const provider = deps.billing.providers.current;
    return {
      ...{ plans, example, customAmount: listPriceTerms },
      isOpen: provider !== undefined,
      isSandbox: provider?.name === 'sandbox',
      isTest: provider !== undefined && !provider.livemode,
    };
  }),
});
