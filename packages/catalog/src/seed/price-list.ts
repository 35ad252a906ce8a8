import { modelInputs, parseUsd, type Takes } from '@ai-bridge/domain';
import { z } from 'zod';
import { orderTiers, type PriceFigures } from '../prices/figures.ts';
import json from './price-list.json' with { type: 'json' };

const usd = (decimals: number) =>
  z.string().transform((text, context) => {
    const amount = parseUsd(text, decimals);
    if (amount !== undefined) return amount;
    context.addIssue({ code: 'custom', message: `not a price: ${text}` });
    return z.NEVER;
  });
const usdPerMillion = usd(6);

const amounts = {
  cacheRead: usdPerMillion.optional(),
  cacheWrite5m: usdPerMillion.optional(),
  cacheWrite1h: usdPerMillion.optional(),
};

const priceSchema = z
  .strictObject({
    validFrom: z.iso.datetime(),
    input: usdPerMillion,
    output: usdPerMillion,
    ...amounts,
    tiers: z
      .array(
        z.strictObject({
          aboveTokens: z.int().min(1),
          input: usdPerMillion.optional(),
          output: usdPerMillion.optional(),
          ...amounts,
        }),
      )
      .default([]),
    /** Percent of the price by rate, where that is not the default. */
    rates: z.strictObject({ priority: z.int(), fast: z.int() }).partial().optional(),
    source: z.string().min(1),
    copiedFrom: z.string().optional(),
  })
  .transform(({ validFrom, source, copiedFrom, tiers, rates, ...amounts }): ListedPrice => {
    const figures = { ...amounts, tiers: orderTiers(tiers), requestFee: 0n, ratePercents: rates };
    return { validFrom: new Date(validFrom), source, copiedFrom, figures };
  });

const listSchema = z.strictObject({
  listedAt: z.iso.date(),
  unit: z.literal('USD per million tokens'),
  /** What a provider asks beside its tokens, for all of its models. */
  fees: z.array(
    z.strictObject({
      provider: z.string().min(1),
      /** USD per search */
      webSearch: usd(9).optional(),
      rates: z.strictObject({ priority: z.int() }).optional(),
      source: z.string().min(1),
    }),
  ),
  models: z.array(
    z.strictObject({
      model: z.string().min(1),
      provider: z.string().min(1),
      displayName: z.string().min(1),
      contextTokens: z.int().optional(),
      maxOutputTokens: z.int().optional(),
      /** What it is known to take, or not to; what is not certain is left out. */
      capabilities: z.partialRecord(z.enum(modelInputs), z.boolean()).optional(),
      fallback: z.array(z.string()).default([]),
      prices: z.array(priceSchema),
    }),
  ),
});

export interface ListedPrice {
  readonly validFrom: Date;
  readonly figures: PriceFigures;
  readonly source: string;
  readonly copiedFrom: string | undefined;
}

export interface ListedModel {
  readonly model: string;
  readonly provider: string;
  readonly displayName: string;
  readonly contextTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly capabilities?: Partial<Takes> | undefined;
  readonly fallback: readonly string[];
  /** Ascending by date; none = known by name, and refused until someone enters a price. */
  readonly prices: readonly ListedPrice[];
}

type Fees = z.infer<typeof listSchema>['fees'][number];

/** The list that ships with the product: models and list prices, a start for an operator's own table. */
export function readPriceList(): readonly ListedModel[] {
  const { models, fees } = listSchema.parse(json);
  return models.map((model) => {
    const own = fees.find(({ provider }) => provider === model.provider);
    return own ? { ...model, prices: model.prices.map((price) => withFees(price, own)) } : model;
  });
}

function withFees(price: ListedPrice, { webSearch, rates, source }: Fees): ListedPrice {
  const ratePercents = { ...rates, ...price.figures.ratePercents };
  return {
    ...price,
    figures: { ...price.figures, webSearch, ratePercents },
    source: `${price.source}; ${source}`,
  };
}
