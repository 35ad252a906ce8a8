'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ApiOutput } from '#components/api.ts';
import type { Grouping, UsageStatus } from '../usage-view.ts';

export type UsageChoices = ApiOutput['usage']['choices'];
/** What the values that usage is told apart by are called. */
export type UsageNames = (by: Grouping, value: string) => string;

/** Names for what the choices know; the id itself for what they do not. */
export function useUsageNames(choices: UsageChoices | undefined): UsageNames {
  const t = useTranslations('usage');
  return useMemo(() => {
    const keys = new Map(choices?.keys.map(({ id, name, last4 }) => [id, `${name} …${last4}`]));
    const members = new Map(choices?.members.map(({ id, name }) => [id, name]));
    return (by, value) => {
      if (by === 'status') return t(`status.${value as UsageStatus}`);
      if (value === '') return t(`none.${by}`);
      return (by === 'key' ? keys.get(value) : by === 'member' ? members.get(value) : value) ?? value;
    };
  }, [choices, t]);
}
