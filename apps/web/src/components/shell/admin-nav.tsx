'use client';

import type { Permission } from '@ai-bridge/access';
import { useTranslations } from 'next-intl';
import {
  BarsIcon,
  ChannelIcon,
  CustomerIcon,
  GaugeIcon,
  GiftIcon,
  GlobeIcon,
  GroupIcon,
  HornIcon,
  MailIcon,
  OrderIcon,
  PageIcon,
  PersonIcon,
  PlanIcon,
  ReceiptIcon,
  RefundIcon,
  ReplyIcon,
  ScalesIcon,
  SearchIcon,
  SlidersIcon,
  TableIcon,
  WarningIcon,
} from '#ui/icons.tsx';
import { api } from '../api.ts';
import { usePermissions } from '../permissions.tsx';
import { RailNav } from './rail-nav.tsx';

/** How often the count of alarms is looked up. */
const alarmsEveryMs = 60_000;

/** Where staff go, as far as they may. */
export function AdminNav({ folded }: { readonly folded: boolean }) {
  const t = useTranslations('admin');
  const granted = usePermissions();
  const { data: openAlarms = 0 } = api.reconciliation.openAlarms.useQuery(undefined, {
    enabled: granted.includes('reconciliation.read'),
    refetchInterval: alarmsEveryMs,
  });
  const entries: readonly { href: string; label: string; Icon: typeof GlobeIcon; anyOf: readonly Permission[] }[] = [
    { href: '/admin/operations', label: t('operations'), Icon: GaugeIcon, anyOf: ['system.read'] },
    { href: '/admin/search', label: t('search'), Icon: SearchIcon, anyOf: ['organization.read'] },
    { href: '/admin/customers', label: t('customers'), Icon: CustomerIcon, anyOf: ['organization.read'] },
    { href: '/admin/channels', label: t('channels'), Icon: ChannelIcon, anyOf: ['channel.read'] },
    { href: '/admin/models', label: t('models'), Icon: TableIcon, anyOf: ['price.read'] },
    { href: '/admin/groups', label: t('groups'), Icon: GroupIcon, anyOf: ['group.read'] },
    { href: '/admin/egress', label: t('egress'), Icon: GlobeIcon, anyOf: ['channel.read'] },
    { href: '/admin/requests', label: t('requests'), Icon: BarsIcon, anyOf: ['receipt.read', 'channel.read'] },
    { href: '/admin/orders', label: t('orders'), Icon: OrderIcon, anyOf: ['order.read'] },
    { href: '/admin/refunds', label: t('refunds'), Icon: RefundIcon, anyOf: ['order.read'] },
    { href: '/admin/replies', label: t('replies'), Icon: ReplyIcon, anyOf: ['reply.read'] },
    { href: '/admin/plans', label: t('plans'), Icon: PlanIcon, anyOf: ['plan.read'] },
    { href: '/admin/codes', label: t('codes'), Icon: GiftIcon, anyOf: ['credit.read'] },
    { href: '/admin/users', label: t('users'), Icon: PersonIcon, anyOf: ['user.read'] },
    { href: '/admin/mailbox', label: t('mailbox'), Icon: MailIcon, anyOf: ['mailbox.read'] },
    { href: '/admin/reconciliation', label: t('reconciliation'), Icon: ScalesIcon, anyOf: ['reconciliation.read'] },
    { href: '/admin/announcements', label: t('announcements'), Icon: HornIcon, anyOf: ['announcement.read'] },
    { href: '/admin/incidents', label: t('incidents'), Icon: WarningIcon, anyOf: ['incident.read'] },
    { href: '/admin/legal', label: t('legal'), Icon: PageIcon, anyOf: ['legalText.read'] },
    { href: '/admin/audit', label: t('audit'), Icon: ReceiptIcon, anyOf: ['audit.read'] },
    { href: '/admin/settings', label: t('settings'), Icon: SlidersIcon, anyOf: ['setting.read'] },
  ];
  const open = entries.filter(({ anyOf }) => anyOf.some((permission) => granted.includes(permission)));
  const waiting = openAlarms > 0 ? { count: openAlarms, label: t('openAlarms', { count: openAlarms }) } : undefined;
  const shown = open.map((entry) => (entry.href === '/admin/reconciliation' ? { ...entry, waiting } : entry));
  return <RailNav label={t('navigation')} entries={shown} folded={folded} />;
}
