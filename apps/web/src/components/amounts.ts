import { exactUnitsPerNanoUsd, formatPlanTokens, formatUsd } from '@ai-bridge/domain';

const exactDigits = exactUnitsPerNanoUsd.toString().length - 1;

type Decimal = `${number}`;

/** nano-USD as plan tokens with the language's grouping; exact. */
export function tokensText(amountNanoUsd: bigint, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(formatPlanTokens(amountNanoUsd) as Decimal);
}

/** nano-USD as US dollars, to the cent at least and to the last digit there is; exact. */
export function usdText(amountNanoUsd: bigint, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 9,
  }).format(formatUsd(amountNanoUsd) as Decimal);
}

/** An amount before rounding (domain exactUnitsPerNanoUsd) as nano-USD, with all the digits behind the point that there are. */
export function exactNanoUsdText(amount: bigint, locale: string): string {
  const fraction = (amount % exactUnitsPerNanoUsd).toString().padStart(exactDigits, '0');
  const text = `${amount / exactUnitsPerNanoUsd}.${fraction}`;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: exactDigits }).format(text as Decimal);
}

/** A count with the language's grouping. */
export function countText(count: bigint | number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** A count in few characters, for the axis of a chart. */
export function shortCountText(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** A share in the reader's way of writing percents: 250 basis points are 2.5 %. */
export function percentText(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}

const productDigits = 15;

/** Tokens times a price per million (nano-USD) as US dollars, before any rounding: 655 x 10,000,000,000 -> "$0.00655" */
export function priceProductText(product: bigint, locale: string): string {
  const one = 10n ** BigInt(productDigits);
  const text = `${product / one}.${(product % one).toString().padStart(productDigits, '0')}`;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: productDigits,
  }).format(text as Decimal);
}
