'use client';

import type { ReactNode } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { useFailure } from './use-failure.ts';

const skeletonRows = 8;

/** A list that is read page by page, as far as it matters here. */
interface PagedQuery {
  readonly error: unknown;
  readonly isPending: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  refetch(): unknown;
  fetchNextPage(): unknown;
}

export interface PagedListProps<Row> {
  readonly list: PagedQuery;
  /** Of all pages so far; undefined before the first is there. */
  readonly rows: readonly Row[] | undefined;
  /** In the place of the rows where there are none. */
  readonly empty: ReactNode;
  /** In the place of the usual message where the list could not be read. */
  readonly failed?: ReactNode;
  /** The label of the button that reads on. */
  readonly more: string;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** What every list that is read page by page shows: lines while it loads, what went wrong, that there is nothing, or its rows and a way on. */
export function PagedList<Row>({ list, rows, empty, failed, more, children }: PagedListProps<Row>) {
  const failure = useFailure();
  return (
    <>
      {list.error !== null && (failed ?? <ErrorState {...failure(list.error)} onRetry={() => void list.refetch()} />)}
      {list.isPending && <SkeletonRows rows={skeletonRows} />}
      {rows?.length === 0 && empty}
      {rows && rows.length > 0 && children(rows)}
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {more}
          </Button>
        </div>
      )}
    </>
  );
}
