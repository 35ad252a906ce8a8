import { listPriceTerms } from '@ai-bridge/billing';
import { exampleModel } from '#features/model/known-model.ts';
import { currentSession } from '#server/context.ts';
import { composition } from '#server/deps.ts';
import { refundExample } from './refund-example.ts';

/** What the page of prices shows. */
export async function readPricing() {
  const { deps } = composition();
  const [offer, session] = await Promise.all([deps.offer.read(), currentSession()]);
  const { models, groups, plans } = offer;
  const example = plans[0] && refundExample(plans[0]);
  return {
    ...{ models, groups, plans, customAmount: listPriceTerms, example },
    exampleModelId: exampleModel(models)?.id,
    isOpen: deps.billing.providers.current !== undefined,
    isSignedIn: session !== undefined,
  };
}

export type PricingView = Awaited<ReturnType<typeof readPricing>>;
