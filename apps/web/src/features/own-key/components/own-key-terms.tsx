'use client';

import { useLocale, useTranslations } from 'next-intl';
import { percentText } from '#components/amounts.ts';
import { Section } from '#ui/section.tsx';

/** What using an own key costs here, and what happens when it fails. */
export function OwnKeyTerms({ feeBasisPoints }: { readonly feeBasisPoints: number }) {
  const t = useTranslations('ownKeys.terms');
  const locale = useLocale();
  const rows = [
    ['charge', feeBasisPoints === 0 ? t('free') : t('fee', { share: percentText(feeBasisPoints, locale) })],
    ['order', t('orderText')],
    ['failure', t('failureText')],
    ['safety', t('safetyText')],
  ] as const;
  return (
    <Section title={t('title')}>
      <dl className="grid max-w-3xl gap-x-8 gap-y-3 text-small sm:grid-cols-[10rem_1fr]">
        {rows.map(([key, text]) => (
          <div key={key} className="contents">
            <dt className="font-medium">{t(key)}</dt>
            <dd className="text-ink-soft max-sm:mb-2">{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
