'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { Link, useRouter } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';
import { type DocsSection, searchDocs } from '../search.ts';

export interface SearchPanelProps {
  /** Called when a result was chosen. */
  readonly onLeave?: () => void;
  readonly autoFocus?: boolean;
}

/** Searches all of the docs on this machine; arrows walk the results, Enter opens one. */
export function SearchPanel({ onLeave, autoFocus = false }: SearchPanelProps) {
  const t = useTranslations('docs.search');
  const router = useRouter();
  const id = useId();
  const { sections, failed } = useSections();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(query);
  const hits = useMemo(() => (sections ? searchDocs(sections, wanted) : []), [sections, wanted]);
  const current = Math.min(at, hits.length - 1);

  function walk(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const hit = hits[current];
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt((current + step + hits.length) % hits.length);
    } else if (event.key === 'Enter' && hit) {
      event.preventDefault();
      onLeave?.();
      router.push(hit.section.url);
    }
  }

  function status(): string {
    if (failed) return t('failed');
    if (!sections) return t('loading');
    if (wanted.trim() === '') return t('hint');
    return hits.length === 0 ? t('nothing') : t('found', { count: hits.length });
  }

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <input
        type="search"
        role="combobox"
        aria-label={t('label')}
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-hits`}
        aria-activedescendant={hits.length > 0 ? `${id}-${current}` : undefined}
        // biome-ignore lint/a11y/noAutofocus: the search was just asked for
        autoFocus={autoFocus}
        autoComplete="off"
        value={query}
        placeholder={t('placeholder')}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={walk}
        className="min-h-11 w-full rounded-control border border-rule-strong bg-sheet px-3 text-base"
      />
      <p aria-live="polite" className="text-caption text-ink-faint">
        {status()}
      </p>
      <div id={`${id}-hits`} role="listbox" aria-label={t('results')} className="-mx-2 flex flex-col">
        {hits.map(({ section, excerpt }, index) => (
          <Link
            key={section.url}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === current}
            tabIndex={-1}
            href={section.url}
            onClick={onLeave}
            className={classNames(
              'rounded-control px-2 py-2 hover:bg-sunken',
              index === current && 'bg-sunken outline outline-rule-strong',
            )}
          >
            <span className="block text-small font-medium">
              {[section.page, section.heading].filter(Boolean).join(' › ')}
            </span>
            <span className="block text-caption text-ink-soft wrap-anywhere">{excerpt}</span>
          </Link>
        ))}
      </div>
    </div>
  );
}

/** The index of this language, fetched when a search begins. */
function useSections(): { readonly sections: readonly DocsSection[] | undefined; readonly failed: boolean } {
  const locale = useLocale();
  const [sections, setSections] = useState<readonly DocsSection[]>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    fetch(`/api/docs/search/${locale}`, { signal: leaving.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
      .then(setSections)
      .catch(() => {
        if (!leaving.signal.aborted) setFailed(true);
      });
    return () => leaving.abort();
  }, [locale]);
  return { sections, failed };
}
