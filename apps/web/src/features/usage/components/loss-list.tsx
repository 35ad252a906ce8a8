'use client';

import { useTranslations } from 'next-intl';
import { ChevronIcon } from '#ui/icons.tsx';
import { Section } from '#ui/section.tsx';
import type { RequestView } from './request-view.ts';

type Losses = RequestView['losses'];

/** So many stand open; the rest unfolds. */
const maxOpen = 6;

/** What a conversion could not carry. The reasons are kept in English and shown as they are. */
export function LossList({ losses }: { readonly losses: Losses }) {
  const t = useTranslations('request.losses');
  const folded = losses.slice(maxOpen);
  return (
    <Section title={t('title')}>
      <p className="mb-2 max-w-2xl text-small text-ink-soft">{losses.length === 0 ? t('none') : t('lead')}</p>
      {losses.length > 0 && <LossItems losses={losses.slice(0, maxOpen)} label={t('title')} />}
      {folded.length > 0 && (
        <details className="group">
          <summary className="flex min-h-9 cursor-pointer list-none items-center gap-1.5 text-small text-ink-soft hover:text-ink max-sm:min-h-11">
            <ChevronIcon className="group-open:rotate-180" />
            {t('more', { count: folded.length })}
          </summary>
          <LossItems losses={folded} label={t('more', { count: folded.length })} />
        </details>
      )}
    </Section>
  );
}

function LossItems({ losses, label }: { readonly losses: Losses; readonly label: string }) {
  return (
    <ul aria-label={label}>
      {losses.map(({ path, reason }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same loss may be listed twice and the order never changes
        <li key={index} className="flex flex-wrap gap-x-4 border-b border-rule py-2 text-small last:border-b-0">
          <code className="font-mono wrap-anywhere sm:w-64 sm:shrink-0">{path}</code>
          <span lang="en" className="min-w-0 text-ink-soft wrap-anywhere">
            {reason}
          </span>
        </li>
      ))}
    </ul>
  );
}
