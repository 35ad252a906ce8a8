'use client';

import { useTranslations } from 'next-intl';

/** @returns how to show a series: a model's id, "no known model" for the empty id, "others" for undefined */
export function useModelName(): (model: string | undefined) => string {
  const t = useTranslations('usage');
  return (model) => (model === undefined ? t('otherModels') : model || t('noModel'));
}
