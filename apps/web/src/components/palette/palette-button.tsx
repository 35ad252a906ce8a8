'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useEffect, useState } from 'react';
import { usePathname } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { SearchIcon } from '#ui/icons.tsx';
import { useSingleKeys } from '../use-single-keys.ts';
import type { PaletteArea } from './palette-pages.ts';

const loadPalette = () => import('./palette.tsx');
const Palette = lazy(loadPalette);

/** Opens the command palette, as do ⌘K, Ctrl-K and `/`, but in the docs, where it opens their own search, and where single keys are off. The palette itself is loaded when it is wanted first. */
export function PaletteButton({ area }: { readonly area: PaletteArea }) {
  const t = useTranslations('palette');
  const areSingleKeysOn = useSingleKeys();
  const hasSlash = !/^\/docs(\/|$)/.test(usePathname()) && areSingleKeysOn;
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || !(isCommandK(event) || (hasSlash && isSlash(event)))) return;
      event.preventDefault();
      setWasOpened(true);
      setIsOpen(true);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hasSlash]);
  return (
    <>
      <button
        type="button"
        aria-label={t('open')}
        aria-keyshortcuts={hasSlash ? 'Meta+K Control+K /' : 'Meta+K Control+K'}
        onPointerEnter={loadPalette}
        onClick={() => {
          setWasOpened(true);
          setIsOpen(true);
        }}
        className={`${buttonClass('quiet', 'icon')} lg:w-auto lg:px-2.5`}
      >
        <SearchIcon />
        {hasSlash && (
          <span
            aria-hidden="true"
            className="font-mono rounded-[3px] border border-rule px-1 text-caption max-lg:hidden"
          >
            /
          </span>
        )}
      </button>
      {wasOpened && (
        <Suspense>
          <Palette area={area} isOpen={isOpen} onOpenChange={setIsOpen} />
        </Suspense>
      )}
    </>
  );
}

function isCommandK(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
}

/** `/` is a letter where one types. */
function isSlash(event: KeyboardEvent): boolean {
  const isTyping =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  const isInDialog = document.querySelector('[role=dialog]') !== null;
  return event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping && !isInDialog;
}
