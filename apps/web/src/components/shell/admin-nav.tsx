'use client';

import type { Permission } from '@ai-bridge/access';
import { useTranslations } from 'next-intl';
import { ChannelIcon, GlobeIcon, GroupIcon } from '#ui/icons.tsx';
import { usePermissions } from '../permissions.tsx';
import { RailNav } from './rail-nav.tsx';

/** Where staff go, as far as they may. */
export function AdminNav({ folded }: { readonly folded: boolean }) {
  const t = useTranslations('admin');
  const granted = usePermissions();
  const entries: readonly { href: string; label: string; Icon: typeof GlobeIcon; permission: Permission }[] = [
    { href: '/admin/channels', label: t('channels'), Icon: ChannelIcon, permission: 'channel.read' },
    { href: '/admin/groups', label: t('groups'), Icon: GroupIcon, permission: 'group.read' },
    { href: '/admin/egress', label: t('egress'), Icon: GlobeIcon, permission: 'channel.read' },
  ];
  const open = entries.filter(({ permission }) => granted.includes(permission));
  return <RailNav label={t('navigation')} entries={open} folded={folded} />;
}
