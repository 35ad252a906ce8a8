import { rates } from '@ai-bridge/domain';
import type { PriceText, TierText } from '../prices/price-text.ts';

const columns = [
  ...['model', 'provider', 'above_tokens', 'input', 'output', 'cache_read', 'cache_write_5m', 'cache_write_1h'],
  ...['per_request', 'web_search', ...rates.map((rate) => `${rate}_percent`)],
];

export interface PricedModel {
  readonly id: string;
  readonly provider: string;
  readonly price: PriceText;
}

/** Prices as a table that spreadsheets open and `readPriceFile` reads back: a line a model, one more for each tier. */
export function writePriceCsv(models: readonly PricedModel[]): string {
  const lines = models.flatMap(({ id, provider, price }) => [
    [id, provider, '', ...kinds(price), price.perRequest, price.webSearch, ...rates.map((rate) => price.rates?.[rate])],
    ...(price.above ?? []).map((tier) => [id, provider, tier.tokens, ...kinds(tier)]),
  ]);
  // With a byte order mark, without which spreadsheets take it for another encoding.
  return `\uFEFF${[columns, ...lines].map((cells) => cells.map(cellText).join(',')).join('\r\n')}\r\n`;
}

function kinds({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: PriceText | TierText) {
  return [input, output, cacheRead, cacheWrite5m, cacheWrite1h];
}

function cellText(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = /^['=+\-@]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
