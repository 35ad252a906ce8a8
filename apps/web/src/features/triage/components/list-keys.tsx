'use client';

import { useSearchParams } from 'next/navigation';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { keepTrail, keptTrail, takeReturning } from '../kept-trail.ts';
import { rowInPlace } from '../trail.ts';
import { type Deed, rowAfter } from '../triage-key.ts';
import { KeysHelp } from './keys-help.tsx';
import { type Acts, focusSearch, useTriageKeys } from './use-triage-keys.ts';

/** A list that is read page by page, as far as its keys are concerned. */
interface PagedQuery {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

export interface ListKeysProps {
  readonly list: PagedQuery;
  /** The page of each row's record, in order; undefined before the first rows are there. */
  readonly hrefs: readonly string[] | undefined;
  /** Where a record is decided on its page: r leads there. */
  readonly decisionId?: string;
  /** What stands beside the button that explains the keys. */
  readonly tools?: ReactNode;
  /** A table with a row for each record, whose first link leads to its page. */
  readonly children: ReactNode;
}

/** Lets staff go through a list by single keys. The row that they are at has the focus, on the link that Tab comes to as well. */
export function ListKeys({ list, hrefs, decisionId, tools, children }: ListKeysProps) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const rows = useRowFocus(list, hrefs);
  const router = useRouter();
  const acts: Acts = {
    next: () => rows.step(1),
    previous: () => rows.step(-1),
    ...(decisionId && {
      decide: () => {
        const href = rows.current();
        if (href) router.push(`${href}#${decisionId}`);
      },
    }),
    search: focusSearch,
    help: () => setHelpOpen(true),
  };
  useTriageKeys(acts);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-4 gap-y-2.5">
        {tools}
        <KeysHelp place="list" offered={Object.keys(acts) as Deed[]} isOpen={isHelpOpen} onOpenChange={setHelpOpen} />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notes which row has the focus */}
      <div ref={rows.ref} onFocus={rows.note} className="[&_tbody_tr:has(:focus-visible)]:bg-sunken">
        {children}
      </div>
    </>
  );
}

/** Which row has the focus, and how to move it. What was listed is kept for the records' own pages, and for the way back. */
function useRowFocus(list: PagedQuery, hrefs: readonly string[] | undefined) {
  const ref = useRef<HTMLDivElement>(null);
  /** The row that had the focus last, and what was listed then: the record may be gone when the list is read again. */
  const last = useRef<{ readonly href: string; readonly among: readonly string[] }>(undefined);
  /** A row of the next page was asked for. */
  const awaited = useRef<number>(undefined);
  const query = useSearchParams().toString();
  const path = usePathname();

  const rowsNow = () => [...(ref.current?.querySelectorAll<HTMLElement>('tbody > tr') ?? [])];
  const focusRow = (row: number | undefined) => {
    const element = row === undefined ? undefined : rowsNow()[row];
    element?.querySelector<HTMLElement>('a[href]')?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: 'nearest' });
  };
  const rowOfFocus = () => {
    const row = rowsNow().findIndex((element) => element.contains(document.activeElement));
    if (row >= 0) return row;
    return last.current && rowInPlace(hrefs ?? [], last.current.among, last.current.href);
  };

  const takeUp = useEffectEvent((listed: readonly string[]) => {
    const trail = keptTrail();
    const from = `${path}${query && `?${query}`}`;
    if (takeReturning() && trail?.at) focusRow(rowInPlace(listed, trail.hrefs, trail.at));
    else if (awaited.current !== undefined && awaited.current < listed.length) focusRow(awaited.current);
    else if (last.current && !listed.includes(last.current.href) && document.activeElement === document.body)
      focusRow(rowInPlace(listed, last.current.among, last.current.href));
    if (awaited.current !== undefined && awaited.current < listed.length) awaited.current = undefined;
    keepTrail({ list: from, hrefs: listed });
  });
  const listed = hrefs?.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another list, also where it has the same rows
  useEffect(() => {
    if (listed !== undefined) takeUp(listed === '' ? [] : listed.split('\n'));
  }, [listed, query]);

  return {
    ref,
    note: () => {
      const row = rowsNow().findIndex((element) => element.contains(document.activeElement));
      const href = hrefs?.[row];
      last.current = href === undefined || !hrefs ? undefined : { href, among: hrefs };
    },
    /** The page of the record that one is at. */
    current: () => hrefs?.[rowOfFocus() ?? -1],
    step: (step: 1 | -1) => {
      const count = hrefs?.length ?? 0;
      const row = rowAfter(rowOfFocus(), step, count);
      if (row !== undefined) return focusRow(row);
      if (step === -1 || !list.hasNextPage || list.isFetchingNextPage) return;
      awaited.current = count;
      list.fetchNextPage();
    },
  };
}
