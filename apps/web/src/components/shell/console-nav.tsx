'use client';

import { useTranslations } from 'next-intl';
import {
  BarsIcon,
  CardIcon,
  CartIcon,
  GaugeIcon,
  KeyIcon,
  PeopleIcon,
  PersonIcon,
  PlayIcon,
  PlugIcon,
  ReceiptIcon,
  StatementIcon,
} from '#ui/icons.tsx';
import { usePermissions } from '../permissions.tsx';
import { RailNav } from './rail-nav.tsx';

/** Where a customer goes, as far as they may. */
export function ConsoleNav({ folded }: { readonly folded: boolean }) {
  const t = useTranslations('shell');
  const granted = usePermissions();
  const entries = [
    { href: '/console', label: t('overview'), Icon: GaugeIcon, isHome: true },
    { href: '/console/keys', label: t('keys'), Icon: KeyIcon },
    { href: '/console/settings/own-keys', label: t('ownKeys'), Icon: PlugIcon },
    ...(granted.includes('playground.use')
      ? [{ href: '/console/playground', label: t('playground'), Icon: PlayIcon }]
      : []),
    { href: '/console/usage', label: t('usage'), Icon: BarsIcon },
    { href: '/console/billing', label: t('billing'), Icon: CardIcon, isHome: true },
    ...(granted.includes('order.create') ? [{ href: '/console/plans', label: t('plans'), Icon: CartIcon }] : []),
    ...(granted.includes('order.read') ? [{ href: '/console/orders', label: t('orders'), Icon: ReceiptIcon }] : []),
    { href: '/console/billing/statements', label: t('statements'), Icon: StatementIcon },
    { href: '/console/team', label: t('team'), Icon: PeopleIcon },
    { href: '/console/settings', label: t('settings'), Icon: PersonIcon, isHome: true },
  ];
  return <RailNav label={t('navigation')} entries={entries} folded={folded} />;
}
