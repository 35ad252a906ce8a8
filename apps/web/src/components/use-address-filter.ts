'use client';

import { useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { usePathname, useRouter } from '#i18n/navigation.ts';

/**
 * What a list is narrowed to, kept in the address, and how to narrow it. Changes add up, also those made while the address does not yet
 * say what came before.
 * @param read what an address narrows to
 * @param write the query of an address that narrows so
 */
export function useAddressFilter<Filter extends object>(
  read: (query: { get(name: string): string | null }) => Filter,
  write: (filter: Filter) => Record<string, string>,
): readonly [Filter, (change: Partial<Filter>) => void] {
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const filter = read(query);
  const wanted = useRef(filter);
  useEffect(() => {
    wanted.current = read(query);
  }, [query, read]);
  const narrow = (change: Partial<Filter>) => {
    wanted.current = { ...wanted.current, ...change };
    router.replace({ pathname, query: write(wanted.current) }, { scroll: false });
  };
  return [filter, narrow];
}
