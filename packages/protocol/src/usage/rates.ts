import type { Rate } from '@ai-bridge/domain';

const standard = undefined;

/** The rate that an OpenAI-shaped answer's `service_tier` names; words not known, and `default`, `auto` or `scale`, are the standard. */
export function openAiRates(serviceTier: unknown): readonly Rate[] | undefined {
  switch (serviceTier) {
    case 'flex':
    case 'batch':
    case 'priority':
      return [serviceTier];
    case 'fast':
      return ['priority'];
    default:
      return standard;
  }
}

/** The word for `service_tier` that reads back as these rates; undefined where OpenAI has none. */
export function openAiServiceTier(rates: readonly Rate[] | undefined): string | undefined {
  return rates?.find((rate) => rate === 'priority' || rate === 'flex' || rate === 'batch');
}

/** The rates that an Anthropic usage names: the tier, the speed and the place may each be other than the standard. */
export function anthropicRates(tier: unknown, speed: unknown, geo: unknown): readonly Rate[] | undefined {
  const isTier = tier === 'batch' || tier === 'priority';
  const isFast = speed === 'fast';
  const isUs = geo === 'us';
  if (!isTier && !isFast && !isUs) return standard;
  const rates: Rate[] = [];
  if (isTier) rates.push(tier);
  if (isFast) rates.push('fast');
  if (isUs) rates.push('us');
  return rates;
}

/** The rate that a Gemini usage names, by the Developer API's `serviceTier` or Vertex's `trafficType`. */
export function geminiRates(serviceTier: unknown, trafficType: unknown): readonly Rate[] | undefined {
  if (serviceTier === 'priority' || trafficType === 'ON_DEMAND_PRIORITY') return ['priority'];
  if (serviceTier === 'flex' || trafficType === 'ON_DEMAND_FLEX') return ['flex'];
  return standard;
}
