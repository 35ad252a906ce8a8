import type { RefundPart } from '@ai-bridge/billing';

/** The desk's parts, as its switch offers them. */
export const refundParts = ['requested', 'under_way', 'ended'] as const satisfies readonly RefundPart[];

export function readRefundPart(value: string | null): RefundPart {
  return refundParts.find((part) => part === value) ?? 'requested';
}

/** The query of an address that shows this part. */
export function refundPartQuery(part: RefundPart): Record<string, string> {
  return { part };
}
