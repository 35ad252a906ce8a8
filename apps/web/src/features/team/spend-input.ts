import { formatUsd, parseUsd } from '@ai-bridge/domain';

/** A spend limit as it is typed, in USD: '' is none, "2.50" -> 2,500,000,000n; undefined where it is no amount above zero. */
export function readSpend(typed: string): bigint | '' | undefined {
  const text = typed.trim();
  if (text === '') return '';
  const amountNanoUsd = parseUsd(text);
  return amountNanoUsd !== undefined && amountNanoUsd > 0n ? amountNanoUsd : undefined;
}

/** The same as it stands in a field. */
export function spendText(amountNanoUsd: bigint | undefined): string {
  return amountNanoUsd === undefined ? '' : formatUsd(amountNanoUsd);
}
