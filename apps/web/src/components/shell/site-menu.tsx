'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { buttonClass } from '#ui/button.tsx';
import { CrossIcon, MenuIcon } from '#ui/icons.tsx';
import { SiteNav } from './site-nav.tsx';

/** The site's pages on narrow screens, behind a button. Escape closes it and gives the focus back. */
export function SiteMenu({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('shell');
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape') return;
      setIsOpen(false);
      button.current?.focus();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen]);
  const close = () => setIsOpen(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t('menu')}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
        className={`${buttonClass('quiet', 'icon')} md:hidden`}
      >
        {isOpen ? <CrossIcon /> : <MenuIcon />}
      </button>
      {isOpen && (
        <div id={id} className="order-last basis-full pt-2 pb-4 md:hidden">
          <SiteNav layout="column" onFollow={close} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: links inside act, this only folds the menu after them */}
          <div onClick={close} className="mt-4 flex flex-wrap gap-2.5">
            {children}
          </div>
        </div>
      )}
    </>
  );
}
