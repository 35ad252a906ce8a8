import { listPriceTerms } from '@ai-bridge/billing';
import { formatMultiplier } from '@ai-bridge/catalog';
import type { TokenPrices } from '@ai-bridge/domain';
import { z } from 'zod';
import type { PublicModel } from '#features/model/public-model.ts';
import { refuse } from '#server/errors.ts';
import { publicReadsPerAddress } from '#server/public-reads.ts';
import { route } from './route.ts';
import { count, id, money, nanoUsd, planTokens, time } from './shapes.ts';
import { moneyView } from './views.ts';

const perMillion = nanoUsd.nullable();
const prices = {
  ...{ inputNanoUsd: perMillion, outputNanoUsd: perMillion, cacheReadNanoUsd: perMillion },
  ...{ cacheWrite5mNanoUsd: perMillion, cacheWrite1hNanoUsd: perMillion },
};

const model = z
  .object({
    ...{ id: z.string(), displayName: z.string(), provider: z.string(), available: z.boolean() },
    ...{ contextTokens: count.nullable(), maxOutputTokens: count.nullable() },
    ...{ aliases: z.array(z.string()), fallback: z.array(z.string()) },
    /** nano-USD a million tokens, of list price; null: as the input, or as below a tier's bound. Fees are a request's and a search's. */
    price: z.object({
      ...{ ...prices, requestFeeNanoUsd: nanoUsd, webSearchNanoUsd: nanoUsd.nullable(), since: time },
      tiers: z.array(z.object({ aboveTokens: count, ...prices })),
    }),
  })
  .meta({ id: 'ModelPrice' });

export const pricingRoutes = [
  route({
    ...{ method: 'GET', path: '/pricing', name: 'pricing', access: 'public' },
    output: z.object({
      models: z.array(model),
      groups: z.array(z.object({ id, displayName: z.string(), multiplier: z.string() })),
      plans: z.array(
        z
          .object({ id, displayName: z.string(), tokens: planTokens, bonusTokens: planTokens, price: money })
          .meta({ id: 'Plan' }),
      ),
      customAmount: z.object({ min: money, max: money, tokensPerMinorUnit: planTokens }),
    }),
    async handle({ context: { deps, address } }) {
      if (!deps.publicReads.admit(address)) throw refuse('too_many_attempts', publicReadsPerAddress.windowMs);
      const { models, groups, plans } = await deps.offer.read();
      const { currency, minMinor, maxMinor, tokensPerMinor } = listPriceTerms;
      return {
        models: models.map(modelView),
        groups: groups.map(({ multiplierBasisPoints, ...group }) => {
          return { ...group, multiplier: formatMultiplier(multiplierBasisPoints) };
        }),
        plans: plans.map((plan) => ({ ...plan, displayName: plan.displayName ?? plan.id, price: moneyView(plan) })),
        customAmount: {
          min: moneyView({ amountMinor: minMinor, currency }),
          max: moneyView({ amountMinor: maxMinor, currency }),
          tokensPerMinorUnit: tokensPerMinor,
        },
      };
    },
  }),
];

function modelView({ price, priceSince, isAvailable, contextTokens, maxOutputTokens, ...shown }: PublicModel) {
  return {
    ...{ ...shown, available: isAvailable },
    ...{ contextTokens: contextTokens ?? null, maxOutputTokens: maxOutputTokens ?? null },
    price: {
      ...pricesView(price),
      ...{ requestFeeNanoUsd: price.requestFee, webSearchNanoUsd: price.webSearch ?? null, since: priceSince },
      tiers: price.tiers.map((tier) => ({ aboveTokens: tier.aboveTokens, ...pricesView(tier) })),
    },
  };
}

function pricesView({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Partial<TokenPrices>) {
  return {
    ...{ inputNanoUsd: input ?? null, outputNanoUsd: output ?? null, cacheReadNanoUsd: cacheRead ?? null },
    ...{ cacheWrite5mNanoUsd: cacheWrite5m ?? null, cacheWrite1hNanoUsd: cacheWrite1h ?? null },
  };
}
