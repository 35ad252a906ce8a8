'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';

const tones = { inForce: 'good', ahead: 'warn', past: 'quiet', withdrawn: 'quiet' } as const;

/** Where a dated price or multiplier stands. */
export function DatedStatus({ state }: { readonly state: keyof typeof tones }) {
  const t = useTranslations('dated');
  return <Status tone={tones[state]}>{t(`state.${state}`)}</Status>;
}
