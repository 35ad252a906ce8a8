'use client';

import { useEffect, useEffectEvent } from 'react';
import { useSingleKeys } from '#components/use-single-keys.ts';
import { type Deed, deedOf } from '../triage-key.ts';

/** What a page does at each key that it knows. One that answers false leaves the key to others. */
export type Acts = Readonly<Partial<Record<Deed, () => unknown>>>;

const fields = 'input, textarea, select, [contenteditable]';
const menus = '[role=menu], [role=listbox]';
/** Messages that pop up are dialogs too, and cover nothing. */
const dialogs = '[role=dialog]:not([aria-modal=false]), [role=alertdialog]:not([aria-modal=false])';

/** Has single keys act on the open page, unless they are switched off in this browser. */
export function useTriageKeys(acts: Acts): void {
  const isOn = useSingleKeys();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const deed = deedOf({
      key: event.key,
      hasModifier: event.ctrlKey || event.metaKey || event.altKey,
      isTyped: event.isComposing || (target?.closest(fields) ?? null) !== null,
      isCovered: (target?.closest(menus) ?? document.querySelector(dialogs)) !== null,
      isTaken: event.defaultPrevented,
    });
    const act = deed && acts[deed];
    if (act && act() !== false) event.preventDefault();
  });
  useEffect(() => {
    if (!isOn) return;
    // Before others hear of it: here `/` means the search of this page, elsewhere it opens the palette.
    const heard = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', heard, true);
    return () => document.removeEventListener('keydown', heard, true);
  }, [isOn]);
}

/** Puts the focus into the list's own search, else the one in the head. @returns false where neither is in sight */
export function focusSearch(): boolean {
  const found = [...document.querySelectorAll<HTMLInputElement>('main search input, header search input')];
  const inMain = found.filter((field) => field.closest('main'));
  const field = [...inMain, ...found].find((one) => one.checkVisibility());
  field?.focus();
  field?.select();
  return field !== undefined;
}
