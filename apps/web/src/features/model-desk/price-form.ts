import { parseUsd } from '@ai-bridge/domain';
import type { DeskModel } from './model-filter.ts';

/** Kinds of a price, as its form has them: USD per million tokens. */
export const tokenKinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;
/** USD each. */
export const feeKinds = ['perRequest', 'webSearch'] as const;
export type PriceKind = (typeof tokenKinds)[number] | (typeof feeKinds)[number];

export type PriceForm = Readonly<Record<PriceKind, string>>;
type Figures = NonNullable<NonNullable<DeskModel['price']>['figures']>;

const perMillionDecimals = 6;
const feeDecimals = 9;

export function priceFormOf(figures: Figures | undefined): PriceForm {
  const kinds = [...tokenKinds, ...feeKinds].map((kind) => [kind, figures?.[kind] ?? '']);
  return Object.fromEntries(kinds) as PriceForm;
}

/**
 * Reads a typed price, exactly. Rates and tiers, which the form does not have, stay those of `now`.
 * @returns the price, or the kinds that are not right
 */
export function readPriceForm(
  form: PriceForm,
  now: Figures | undefined,
): { readonly price: Figures } | { readonly wrong: readonly PriceKind[] } {
  const wrong = [...tokenKinds, ...feeKinds].filter((kind) => !isRight(form, kind));
  if (wrong.length > 0) return { wrong };
  const named = [...tokenKinds, ...feeKinds].flatMap((kind) => (form[kind].trim() ? [[kind, form[kind].trim()]] : []));
  const kept = { ...(now?.rates && { rates: now.rates }), ...(now?.above && { above: now.above }) };
  return { price: { ...(Object.fromEntries(named) as unknown as Figures), ...kept } };
}

function isRight(form: PriceForm, kind: PriceKind): boolean {
  const text = form[kind].trim();
  if (text === '') return kind !== 'input' && kind !== 'output';
  return parseUsd(text, kind === 'perRequest' || kind === 'webSearch' ? feeDecimals : perMillionDecimals) !== undefined;
}
