'use client';

import { useTranslations } from 'next-intl';
import { BarsIcon, GaugeIcon, KeyIcon, PlugIcon } from '#ui/icons.tsx';
import { RailNav } from './rail-nav.tsx';

/** Where a customer goes. */
export function ConsoleNav({ folded }: { readonly folded: boolean }) {
  const t = useTranslations('shell');
  const entries = [
    { href: '/console', label: t('overview'), Icon: GaugeIcon, isHome: true },
    { href: '/console/keys', label: t('keys'), Icon: KeyIcon },
    { href: '/console/settings/own-keys', label: t('ownKeys'), Icon: PlugIcon },
    { href: '/console/usage', label: t('usage'), Icon: BarsIcon },
  ];
  return <RailNav label={t('navigation')} entries={entries} folded={folded} />;
}
