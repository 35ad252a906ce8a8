import { parseUsd, type Rate, rates } from '@ai-bridge/domain';
import { readWholeNumber } from '#components/whole-number.ts';
import type { DeskModel } from './model-filter.ts';

/** Kinds of a price, as its form has them: USD per million tokens. */
export const tokenKinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;
export type TokenKind = (typeof tokenKinds)[number];
/** USD each. */
export const feeKinds = ['perRequest', 'webSearch'] as const;
export type PriceKind = TokenKind | (typeof feeKinds)[number];

/** What a prompt of more than so many tokens costs; a kind that is empty keeps the price. */
export type TierForm = Readonly<Record<TokenKind, string>> & {
  /** Tells the tiers of a form apart while they are typed. */
  readonly key: number;
  readonly tokens: string;
};

export interface PriceForm {
  readonly kinds: Readonly<Record<PriceKind, string>>;
  readonly tiers: readonly TierForm[];
  /** Whole percent of the price by rate; empty is the default. */
  readonly rates: Readonly<Record<Rate, string>>;
}
export type Figures = NonNullable<NonNullable<DeskModel['price']>['figures']>;

/** A field of the form: a kind, a rate, or what of which tier. */
export type PriceField = PriceKind | `rate.${Rate}` | `tier.${number}.${TokenKind | 'tokens' | 'kinds'}`;

const perMillionDecimals = 6;
const feeDecimals = 9;
const maxRatePercent = 10_000n;
const maxTierTokens = 1_000_000_000n;

export function priceFormOf(figures: Figures | undefined): PriceForm {
  const kinds = [...tokenKinds, ...feeKinds].map((kind) => [kind, figures?.[kind] ?? '']);
  return {
    kinds: Object.fromEntries(kinds) as PriceForm['kinds'],
    tiers: (figures?.above ?? []).map(tierFormOf),
    rates: Object.fromEntries(rates.map((rate) => [rate, String(figures?.rates?.[rate] ?? '')])) as PriceForm['rates'],
  };
}

/** The form with one tier more, at its end. */
export function withTier(form: PriceForm): PriceForm {
  const key = 1 + Math.max(-1, ...form.tiers.map((tier) => tier.key));
  return { ...form, tiers: [...form.tiers, emptyTier(key)] };
}

function tierFormOf(tier: NonNullable<Figures['above']>[number], key: number): TierForm {
  const amounts = tokenKinds.map((kind) => [kind, tier[kind] ?? '']);
  return { ...(Object.fromEntries(amounts) as Record<TokenKind, string>), key, tokens: String(tier.tokens) };
}

function emptyTier(key: number): TierForm {
  return { key, tokens: '', input: '', output: '', cacheRead: '', cacheWrite5m: '', cacheWrite1h: '' };
}

/**
 * Reads a typed price, exactly.
 * @returns the price, or the fields that are not right
 */
export function readPriceForm(
  form: PriceForm,
): { readonly price: Figures } | { readonly wrong: readonly PriceField[] } {
  const wrong = [...wrongKinds(form), ...wrongRates(form), ...wrongTiers(form)];
  if (wrong.length > 0) return { wrong };
  const typedRates = rates.filter((rate) => form.rates[rate].trim());
  const above = form.tiers.map((tier) => ({ tokens: tokensOf(tier) ?? 0, ...named(tier, tokenKinds) }));
  const price = {
    ...named(form.kinds, [...tokenKinds, ...feeKinds]),
    ...(typedRates.length > 0 && {
      rates: Object.fromEntries(typedRates.map((rate) => [rate, Number(readWholeNumber(form.rates[rate]))])),
    }),
    ...(above.length > 0 && { above: above.sort((a, b) => a.tokens - b.tokens) }),
  };
  return { price: price as unknown as Figures };
}

/** The kinds that something is typed for. */
function named<Kind extends string>(texts: Readonly<Record<Kind, string>>, kinds: readonly Kind[]) {
  return Object.fromEntries(kinds.flatMap((kind) => (texts[kind].trim() ? [[kind, texts[kind].trim()]] : [])));
}

function wrongKinds({ kinds }: PriceForm): PriceField[] {
  const isRight = (kind: PriceKind) => {
    const text = kinds[kind].trim();
    if (text === '') return kind !== 'input' && kind !== 'output';
    return (
      parseUsd(text, kind === 'perRequest' || kind === 'webSearch' ? feeDecimals : perMillionDecimals) !== undefined
    );
  };
  return [...tokenKinds, ...feeKinds].filter((kind) => !isRight(kind));
}

function wrongRates(form: PriceForm): PriceField[] {
  const wrong = rates.filter((rate) => {
    const text = form.rates[rate].trim();
    const percent = readWholeNumber(text);
    return text !== '' && (percent === undefined || percent < 1n || percent > maxRatePercent);
  });
  return wrong.map((rate) => `rate.${rate}` as const);
}

/** Each tier has a size of its own and changes something. */
function wrongTiers({ tiers }: PriceForm): PriceField[] {
  const sizes = tiers.map(tokensOf);
  return tiers.flatMap((tier, index): PriceField[] => {
    const field = (name: TokenKind | 'tokens' | 'kinds') => `tier.${tier.key}.${name}` as const;
    const typed = tokenKinds.filter((kind) => tier[kind].trim());
    const wrong = typed.filter((kind) => parseUsd(tier[kind], perMillionDecimals) === undefined).map(field);
    const isSizeRight = sizes[index] !== undefined && sizes.indexOf(sizes[index]) === index;
    return [...(isSizeRight ? [] : [field('tokens')]), ...(typed.length === 0 ? [field('kinds')] : []), ...wrong];
  });
}

function tokensOf({ tokens }: TierForm): number | undefined {
  const count = readWholeNumber(tokens);
  return count === undefined || count < 1n || count > maxTierTokens ? undefined : Number(count);
}
