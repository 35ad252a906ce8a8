'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';
import type { ApiKey } from '../api-key.ts';

/** Whether a key is taken now, and if not, why. */
export function KeyStatus({ apiKey }: { readonly apiKey: Pick<ApiKey, 'disabledAt' | 'expiresAt' | 'group'> }) {
  const t = useTranslations('keys.status');
  if (apiKey.disabledAt) return <Status tone="quiet">{t('disabled')}</Status>;
  if (apiKey.expiresAt && apiKey.expiresAt <= new Date()) return <Status tone="warn">{t('expired')}</Status>;
  if (!apiKey.group.isUsable) return <Status tone="warn">{t('groupOff')}</Status>;
  return <Status tone="good">{t('active')}</Status>;
}
