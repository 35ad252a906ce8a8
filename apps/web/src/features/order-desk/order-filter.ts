import type { OrderState } from '@ai-bridge/billing';

/** Every state of an order, as the filter offers them. */
export const orderStates = [
  'pending',
  'paid',
  'partially_refunded',
  'refunded',
  'disputed',
  'expired',
  'canceled',
] as const satisfies readonly OrderState[];

/** Longest text that orders are searched for. */
export const maxOrderSearchLength = 254;

/** What the list is narrowed to, as the address has it. */
export interface OrderFilter {
  /** An id, an organization, an e-mail; '' does not narrow. */
  readonly search: string;
  readonly state: OrderState | undefined;
}

export function readOrderFilter(query: { get(name: string): string | null }): OrderFilter {
  return {
    search: query.get('search')?.trim() ?? '',
    state: orderStates.find((state) => state === query.get('state')),
  };
}

/** The query of an address that narrows the list like this. */
export function orderFilterQuery({ search, state }: OrderFilter): Record<string, string> {
  return { ...(search && { search }), ...(state && { state }) };
}
