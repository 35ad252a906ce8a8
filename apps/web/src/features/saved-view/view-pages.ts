import type { Permission } from '@ai-bridge/access';
import { auditFilterQuery, maxAuditSearchLength, readAuditFilter } from '#features/audit/audit-filter.ts';
import { customerFilterQuery, readCustomerFilter } from '#features/customer/customer-filter.ts';
import { maxSearchLength } from '#features/customer/search-kind.ts';
import { maxOrderSearchLength, orderFilterQuery, readOrderFilter } from '#features/order-desk/order-filter.ts';
import { readRefundPart, refundPartQuery } from '#features/refund-desk/refund-parts.ts';

/** The staff's lists whose filters can be kept. */
export const viewPages = ['refunds', 'orders', 'customers', 'audit'] as const;
export type ViewPage = (typeof viewPages)[number];

/** Filters by the names that an address has for them. */
export type ViewQuery = Readonly<Record<string, string>>;

interface Asked {
  get(name: string): string | null;
}

interface PageOfViews {
  /** Without it the page is not there, and neither are its views. */
  readonly permission: Permission;
  readonly path: string;
  readonly maxSearchLength: number;
  /** What the page takes of an address, as it writes it itself. */
  readonly known: (query: Asked) => ViewQuery;
}

const pages: Readonly<Record<ViewPage, PageOfViews>> = {
  refunds: {
    ...{ permission: 'order.read', path: '/admin/refunds', maxSearchLength: 0 },
    known: (query) => refundPartQuery(readRefundPart(query.get('part'))),
  },
  orders: {
    ...{ permission: 'order.read', path: '/admin/orders', maxSearchLength: maxOrderSearchLength },
    known: (query) => orderFilterQuery(readOrderFilter(query)),
  },
  customers: {
    ...{ permission: 'organization.read', path: '/admin/customers', maxSearchLength },
    known: (query) => customerFilterQuery(readCustomerFilter(query)),
  },
  audit: {
    ...{ permission: 'audit.read', path: '/admin/audit', maxSearchLength: maxAuditSearchLength },
    known: (query) => auditFilterQuery(readAuditFilter(query)),
  },
};

export const permissionOf = (page: ViewPage): Permission => pages[page].permission;
export const pathOf = (page: ViewPage): string => pages[page].path;

/** In the place of filters, in an address that means all although the page opens with a view. */
export const allQuery: ViewQuery = { view: 'all' };

/** What a page knows of filters, and nothing else; undefined where nothing is left, or a text is longer than the page looks for. */
export function knownQuery(page: ViewPage, query: ViewQuery): ViewQuery | undefined {
  const known = pages[page].known({ get: (name) => (Object.hasOwn(query, name) ? (query[name] ?? null) : null) });
  if ((known['search'] ?? '').length > pages[page].maxSearchLength) return undefined;
  return Object.keys(known).length > 0 ? known : undefined;
}

/** Whether two sets of filters are the same. */
export function isSameQuery(one: ViewQuery, other: ViewQuery): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
