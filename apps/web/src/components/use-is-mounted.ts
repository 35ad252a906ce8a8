'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the page runs in a browser by now: what only a browser knows, such as the reader's time zone, can be shown from then on. */
export function useIsMounted(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
