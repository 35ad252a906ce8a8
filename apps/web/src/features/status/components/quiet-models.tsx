'use client';

import { useTranslations } from 'next-intl';
import type { ModelStatus } from './model-status.ts';

/** Models that nobody asked in all the days shown: nothing is known of them. */
export function QuietModels({ models }: { readonly models: readonly ModelStatus[] }) {
  const t = useTranslations('status.quiet');
  return (
    <section className="mt-8">
      <h2 className="font-medium">{t('title')}</h2>
      <p className="mt-1 max-w-2xl text-small text-ink-soft">{t('body')}</p>
      <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-small text-ink-soft">
        {models.map(({ model, provider }) => (
          <li key={`${model} ${provider}`} className="min-w-0 wrap-anywhere">
            <code className="font-mono">{model}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
