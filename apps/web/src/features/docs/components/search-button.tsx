'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SearchIcon } from '#ui/icons.tsx';

// Comes with the first search, so that pages stay light.
const SearchDialog = dynamic(() => import('./search-dialog.tsx').then((module) => module.SearchDialog), { ssr: false });

/** Opens the search, by a press or by the key `/`. */
export function SearchButton() {
  const t = useTranslations('docs.search');
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  if (open && !wasOpen) setWasOpen(true);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-h-9 w-full items-center gap-2 rounded-control border border-rule-strong bg-sheet px-3 text-small text-ink-soft hover:text-ink max-lg:min-h-11"
      >
        <SearchIcon />
        <span className="grow text-left">{t('open')}</span>
        <kbd className="font-mono text-caption text-ink-faint max-lg:hidden">/</kbd>
      </button>
      {wasOpen && <SearchDialog open={open} onOpenChange={setOpen} />}
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
