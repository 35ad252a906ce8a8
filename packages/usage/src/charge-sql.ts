import { defaultRatePercents, rates } from '@ai-bridge/domain';

/**
 * `charge()` of packages/domain as SQL, for sums over more requests than can be read one by one; a test holds the two together. All of it
 * is numeric, so that nothing is rounded before the end. OFFSET 0 keeps each step a step: pulled up, they would multiply into each other.
 * @param name what the laterals are called; their result is `<name>.charge`
 * @param price alias of a row with a price's columns (input, output, cache_read ..., rate_percents and tiers as jsonb)
 * @param basisPoints an expression: the multiplier
 * @param forgiven an expression: prompt tokens that are charged as read from the cache
 * @returns joins that stand behind `usage_record u` and the price
 */
export function chargeLaterals(name: string, price: string, basisPoints: string, forgiven: string): string {
  return `
    CROSS JOIN LATERAL (
      SELECT (SELECT one.value FROM jsonb_array_elements(${price}.tiers) AS one
        WHERE (one.value->>'aboveTokens')::bigint < ${promptTokens}
        ORDER BY (one.value->>'aboveTokens')::bigint DESC LIMIT 1) AS tier
      OFFSET 0
    ) AS ${name}_at
    CROSS JOIN LATERAL (
      SELECT ${kindPrice('input')} AS input, ${kindPrice('output')} AS output, ${kindPrice('cacheRead')} AS own_read,
        ${kindPrice('cacheWrite5m')} AS own_write_5m, ${kindPrice('cacheWrite1h')} AS own_write_1h
      OFFSET 0
    ) AS ${name}_own
    CROSS JOIN LATERAL (
      SELECT coalesce(${name}_own.own_read, ${name}_own.input) AS cache_read,
        coalesce(${name}_own.own_write_5m, ${name}_own.input) AS cache_write_5m,
        coalesce(${name}_own.own_write_1h, ${name}_own.own_write_5m, ${name}_own.input) AS cache_write_1h
      OFFSET 0
    ) AS ${name}_cache
    CROSS JOIN LATERAL (
      SELECT CASE WHEN ${name}_cache.cache_read < ${name}_cache.cache_write_1h
        THEN least(${forgiven}, coalesce(u.cache_write_1h, 0)) ELSE 0 END AS from_1h
      OFFSET 0
    ) AS ${name}_1h
    CROSS JOIN LATERAL (
      SELECT CASE WHEN ${name}_cache.cache_read < ${name}_cache.cache_write_5m
        THEN least(${forgiven} - ${name}_1h.from_1h, coalesce(u.cache_write_5m, 0)) ELSE 0 END AS from_5m
      OFFSET 0
    ) AS ${name}_5m
    CROSS JOIN LATERAL (
      SELECT CASE WHEN ${name}_cache.cache_read < ${name}_own.input
        THEN least(${forgiven} - ${name}_1h.from_1h - ${name}_5m.from_5m, coalesce(u.input, 0)) ELSE 0 END AS from_input
      OFFSET 0
    ) AS ${name}_input
    CROSS JOIN LATERAL (
      SELECT ceil((
        ( (coalesce(u.input, 0) - ${name}_input.from_input) * ${name}_own.input
        + (coalesce(u.cache_read, 0) + ${name}_1h.from_1h + ${name}_5m.from_5m + ${name}_input.from_input) * ${name}_cache.cache_read
        + (coalesce(u.cache_write_5m, 0) - ${name}_5m.from_5m) * ${name}_cache.cache_write_5m
        + (coalesce(u.cache_write_1h, 0) - ${name}_1h.from_1h) * ${name}_cache.cache_write_1h
        + coalesce(u.output, 0) * ${name}_own.output
        ) * 0.000001 * ${rateFactor(price)}
        + ${price}.request_fee::numeric + coalesce(u.web_searches * ${price}.web_search::numeric, 0)
      ) * (${basisPoints} * 0.0001)) AS charge
    ) AS ${name}`;

  function kindPrice(kind: keyof typeof columns): string {
    return `coalesce((${name}_at.tier->>'${kind}')::numeric, ${price}.${columns[kind]}::numeric)`;
  }
}

const columns = {
  input: 'input',
  output: 'output',
  cacheRead: 'cache_read',
  cacheWrite5m: 'cache_write_5m',
  cacheWrite1h: 'cache_write_1h',
} as const;

const promptTokens =
  '(coalesce(u.input, 0) + coalesce(u.cache_read, 0) + coalesce(u.cache_write_5m, 0) + coalesce(u.cache_write_1h, 0))';

/** The product of the percents that the request was answered at; null rates, and none of them, are the standard one. */
function rateFactor(price: string): string {
  const factors = rates.map(
    (rate) =>
      `CASE WHEN '${rate}' = ANY(u.rates)
         THEN coalesce((${price}.rate_percents->>'${rate}')::numeric, ${defaultRatePercents[rate]}) * 0.01 ELSE 1 END`,
  );
  return `(CASE WHEN u.rates IS NULL THEN 1 ELSE ${factors.join(' * ')} END)`;
}
