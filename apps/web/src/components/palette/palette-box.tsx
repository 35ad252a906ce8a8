'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useRouter } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';
import { SearchIcon } from '#ui/icons.tsx';
import type { PaletteArea } from './palette-pages.ts';
import { type PaletteEntry, usePaletteEntries } from './use-palette-entries.ts';

const maxTextLength = 100;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export interface PaletteBoxProps {
  readonly area: PaletteArea;
  readonly onDone: () => void;
}

/** A line to type in and what it finds: arrow keys choose, Enter goes there. */
export function PaletteBox({ area, onDone }: PaletteBoxProps) {
  const t = useTranslations('palette');
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { entries, isSearching } = usePaletteEntries(area, useDeferredValue(text));
  const chosen = entries[Math.min(at, entries.length - 1)];

  function go(entry: PaletteEntry) {
    onDone();
    router.push(entry.href);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, entries.length - 1) + step + entries.length) % entries.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(chosen);
    }
  }

  return (
    <>
      <div className="flex items-center gap-3 border-b border-rule px-4">
        <SearchIcon className="shrink-0 text-ink-faint" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && `${id}-${entries.indexOf(chosen)}`}
          aria-autocomplete="list"
          aria-label={t('title')}
          placeholder={t(`placeholder.${area}`)}
          value={text}
          maxLength={maxTextLength}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="min-h-13 w-full bg-transparent text-base outline-none placeholder:text-ink-faint sm:text-body"
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t('found')} className="overflow-y-auto p-1.5">
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the line above has the focus and its keys
          <div
            key={entry.href + entry.label}
            id={`${id}-${index}`}
            role="option"
            aria-selected={entry === chosen}
            onClick={() => go(entry)}
            onPointerMove={() => setAt(index)}
            className={classNames(
              'flex min-h-9 cursor-pointer items-center justify-between gap-4 rounded-control px-2.5 py-1 text-small max-sm:min-h-11',
              entry === chosen && 'bg-sunken',
            )}
          >
            <span className={classNames('min-w-0 truncate', entry.isId && 'font-mono')}>{entry.label}</span>
            <span className="shrink-0 text-caption text-ink-faint">{t(`kind.${entry.kind}`)}</span>
          </div>
        ))}
      </div>
      <p role="status" className="border-t border-rule px-4 py-2 text-caption text-ink-faint">
        {entries.length > 0 ? t('keys') : isSearching ? t('searching') : t('nothing')}
      </p>
    </>
  );
}
