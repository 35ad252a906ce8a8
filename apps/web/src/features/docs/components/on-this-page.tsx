'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from '#ui/class-names.ts';

export interface PageHeading {
  /** With its #. */
  readonly url: string;
  readonly title: ReactNode;
  readonly depth: number;
}

/** The headings of the page; the one being read is marked. */
export function OnThisPage({ headings }: { readonly headings: readonly PageHeading[] }) {
  const t = useTranslations('docs');
  const current = useHeadingInSight(headings);
  return (
    <nav aria-label={t('onThisPage')} className="text-small">
      <p className="mb-1 text-caption font-medium text-ink-faint">{t('onThisPage')}</p>
      <ul className="border-l border-rule">
        {headings.map(({ url, title, depth }) => (
          <li key={url}>
            <a
              href={url}
              aria-current={url === current ? 'location' : undefined}
              className={classNames(
                '-ml-px block border-l py-1 hover:text-ink',
                depth > 2 ? 'pl-6' : 'pl-3',
                url === current ? 'border-accent text-ink' : 'border-transparent text-ink-soft',
              )}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Counts as being read below the upper part of the window. */
const readingBand = '0px 0px -70% 0px';

function useHeadingInSight(headings: readonly PageHeading[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find(({ isIntersecting }) => isIntersecting);
        if (seen) setCurrent(`#${seen.target.id}`);
      },
      { rootMargin: readingBand },
    );
    for (const { url } of headings) {
      const heading = document.getElementById(decodeURIComponent(url.slice(1)));
      if (heading) observer.observe(heading);
    }
    return () => observer.disconnect();
  }, [headings]);
  return current;
}
