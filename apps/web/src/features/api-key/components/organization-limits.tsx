'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { limitNames } from '../key-form.ts';

/** What all keys together are limited to, for whose requests are refused for it. */
export function OrganizationLimits() {
  const t = useTranslations('keys');
  const locale = useLocale();
  const { data: limits } = api.apiKey.limits.useQuery();
  const set = limitNames.flatMap((name) => {
    const limit = limits?.[name];
    return limit === undefined ? [] : [`${t(`limit.${name}`)} ${countText(limit, locale)}`];
  });
  return (
    <p className="mt-6 min-h-5 text-caption text-ink-faint">
      {limits && (set.length === 0 ? t('together.none') : t('together.limits', { limits: set.join(' · ') }))}
    </p>
  );
}
