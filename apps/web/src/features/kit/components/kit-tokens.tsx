'use client';

import { useTranslations } from 'next-intl';
import { Mark, Span } from '#ui/span.tsx';

const papers = ['paper', 'sheet', 'sunken', 'rule', 'rule-strong'] as const;
const inks = ['ink', 'ink-soft', 'ink-faint', 'accent', 'good', 'warn', 'bad'] as const;
const series = [1, 2, 3, 4, 5, 6] as const;
const sizes = ['caption', 'small', 'body', 'lead', 'title', 'figure', 'headline', 'display'] as const;
const sizeClasses = {
  caption: 'text-caption',
  small: 'text-small',
  body: 'text-body',
  lead: 'text-lead',
  title: 'text-title',
  figure: 'text-figure',
  headline: 'text-headline',
  display: 'text-display',
} as const;

/** Colours, type and the motif, by the names they have in the style sheet. */
export function KitTokens() {
  const t = useTranslations('kit');
  return (
    <div className="flex flex-col gap-8">
      <ul aria-label={t('colours')} className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-6">
        {[...papers, ...inks, ...series.map((at) => `series-${at}`)].map((name) => (
          <li key={name} className="flex items-center gap-3 font-mono text-caption">
            <span
              aria-hidden="true"
              className="size-9 shrink-0 rounded-control border border-rule"
              style={{ background: `var(--${name})` }}
            />
            {name}
          </li>
        ))}
      </ul>
      <ul aria-label={t('type')} className="flex flex-col gap-2">
        {sizes.map((size) => (
          <li key={size} className="flex flex-wrap items-baseline gap-x-4">
            <span className="w-20 font-mono text-caption text-ink-faint">{size}</span>
            <span className={`${sizeClasses[size]} tracking-tight`}>{t('sample')}</span>
            <span className={`${sizeClasses[size]} font-mono tracking-tight tabular-nums`}>1,204.50</span>
          </li>
        ))}
      </ul>
      <div className="flex items-end gap-8">
        <Mark className="size-12" />
        <Span className="w-56 text-rule-strong" />
      </div>
    </div>
  );
}
