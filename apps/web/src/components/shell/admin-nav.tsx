'use client';

import type { Permission } from '@ai-bridge/access';
import { useTranslations } from 'next-intl';
import {
  BarsIcon,
  ChannelIcon,
  GiftIcon,
  GlobeIcon,
  GroupIcon,
  MailIcon,
  OrderIcon,
  PlanIcon,
  RefundIcon,
  ScalesIcon,
} from '#ui/icons.tsx';
import { usePermissions } from '../permissions.tsx';
import { RailNav } from './rail-nav.tsx';

/** Where staff go, as far as they may. */
export function AdminNav({ folded }: { readonly folded: boolean }) {
  const t = useTranslations('admin');
  const granted = usePermissions();
  const entries: readonly { href: string; label: string; Icon: typeof GlobeIcon; anyOf: readonly Permission[] }[] = [
    { href: '/admin/channels', label: t('channels'), Icon: ChannelIcon, anyOf: ['channel.read'] },
    { href: '/admin/groups', label: t('groups'), Icon: GroupIcon, anyOf: ['group.read'] },
    { href: '/admin/egress', label: t('egress'), Icon: GlobeIcon, anyOf: ['channel.read'] },
    { href: '/admin/requests', label: t('requests'), Icon: BarsIcon, anyOf: ['receipt.read', 'channel.read'] },
    { href: '/admin/orders', label: t('orders'), Icon: OrderIcon, anyOf: ['order.read'] },
    { href: '/admin/refunds', label: t('refunds'), Icon: RefundIcon, anyOf: ['order.read'] },
    { href: '/admin/plans', label: t('plans'), Icon: PlanIcon, anyOf: ['plan.read'] },
    { href: '/admin/codes', label: t('codes'), Icon: GiftIcon, anyOf: ['credit.read'] },
    { href: '/admin/mailbox', label: t('mailbox'), Icon: MailIcon, anyOf: ['mailbox.read'] },
    { href: '/admin/reconciliation', label: t('reconciliation'), Icon: ScalesIcon, anyOf: ['reconciliation.read'] },
  ];
  const open = entries.filter(({ anyOf }) => anyOf.some((permission) => granted.includes(permission)));
  return <RailNav label={t('navigation')} entries={open} folded={folded} />;
}
