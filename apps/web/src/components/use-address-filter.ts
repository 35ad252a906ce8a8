'use client';

import { useSearchParams } from 'next/navigation';
import { replaceQuery } from './replace-query.ts';

/**
 * What a list is narrowed to, kept in the address, and how to narrow it. Changes add up to what the address says at that moment, which
 * the page may not show yet.
 * @param read what an address narrows to
 * @param write the query of an address that narrows so
 */
export function useAddressFilter<Filter extends object>(
  read: (query: { get(name: string): string | null }) => Filter,
  write: (filter: Filter) => Record<string, string>,
): readonly [Filter, (change: Partial<Filter>) => void] {
  const filter = read(useSearchParams());
  const narrow = (change: Partial<Filter>) => {
    const now = read(new URLSearchParams(window.location.search));
    replaceQuery(new URLSearchParams(write({ ...now, ...change })));
  };
  return [filter, narrow];
}
