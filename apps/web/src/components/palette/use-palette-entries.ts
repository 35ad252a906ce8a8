'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { withoutSecret } from '#features/customer/search-kind.ts';
import { modelPath } from '#features/model/public-model.ts';
import { bestMatches } from '#features/search/matches.ts';
import { readRequestId } from '#features/usage/request-id.ts';
import { api } from '../api.ts';
import { useMay, usePermissions } from '../permissions.tsx';
import { type PaletteArea, pagesFor } from './palette-pages.ts';

export interface PaletteEntry {
  readonly kind: 'page' | 'model' | 'plan' | 'key' | 'order' | 'request' | 'customer';
  readonly label: string;
  readonly href: string;
  /** The label is an id. */
  readonly isId?: boolean;
}

export interface PaletteFinds {
  readonly entries: readonly PaletteEntry[];
  readonly isSearching: boolean;
}

const requestIdBeginning = 'req_';

/** What the palette offers for the typed text: pages at once, the rest as it comes. */
export function usePaletteEntries(area: PaletteArea, text: string): PaletteFinds {
  const t = useTranslations('palette.page');
  const granted = usePermissions();
  const [mayReadKeys, mayReadOrders] = [useMay('apiKey.read'), useMay('order.read')];
  const mayFind = useMay('organization.read') && area === 'admin';
  const typed = area === 'admin' ? withoutSecret(text) : text.trim();
  const isCustomer = area === 'console';
  const options = { enabled: typed !== '', placeholderData: keepPreviousData, staleTime: 30_000 };
  const offer = api.search.offer.useQuery({ text: typed }, options);
  const keys = api.search.keys.useQuery(
    { text: typed },
    { ...options, enabled: options.enabled && isCustomer && mayReadKeys },
  );
  const orders = api.search.orders.useQuery(
    { text: typed },
    { ...options, enabled: options.enabled && isCustomer && mayReadOrders },
  );

  const pages = pagesFor(area, granted).map(({ href, name }) => ({ kind: 'page' as const, href, label: t(name) }));
  if (typed === '') return { entries: pages, isSearching: false };
  const entries: PaletteEntry[] = [
    ...requestEntries(area, typed),
    ...bestMatches(pages, typed, ({ label, href }) => [label, href.slice(1)]),
    ...(keys.data ?? []).map(({ name, last4 }) => {
      return { kind: 'key' as const, label: `${name} …${last4}`, href: '/console/keys' };
    }),
    ...(orders.data ?? []).map(({ id, title }) => {
      return { kind: 'order' as const, label: `${title} · ${id}`, href: `/console/orders/${id}` };
    }),
    ...(offer.data?.models ?? []).map(({ id }) => {
      return { kind: 'model' as const, label: id, href: modelPath(id), isId: true };
    }),
    ...(offer.data?.plans ?? []).map(({ displayName }) => {
      return { kind: 'plan' as const, label: displayName, href: isCustomer ? '/console/plans' : '/pricing' };
    }),
    ...(mayFind ? [{ kind: 'customer' as const, label: typed, href: searchHref(typed) }] : []),
  ];
  return { entries, isSearching: offer.isFetching || keys.isFetching || orders.isFetching };
}

/** Staff go on to customers with whatever they typed. */
const searchHref = (typed: string): string => `/admin/search?${new URLSearchParams({ q: typed })}`;

/** A pasted request id leads to its receipt, or to the staff's view of it. */
function requestEntries(area: PaletteArea, typed: string): PaletteEntry[] {
  const requestId = typed.startsWith(requestIdBeginning) ? readRequestId(typed) : undefined;
  if (!requestId || area === 'site') return [];
  const href = area === 'admin' ? `/admin/requests/${requestId}` : `/console/usage/${requestId}`;
  return [{ kind: 'request', label: requestId, href, isId: true }];
}
