'use client';

import { useSyncExternalStore } from 'react';
import { areSingleKeysOn, followSingleKeys } from './single-keys.ts';

/** Whether single letters and signs act on this page. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    followSingleKeys,
    () => areSingleKeysOn(document.cookie),
    () => true,
  );
}
