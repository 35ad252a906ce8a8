'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMay } from '#components/permissions.tsx';
import { Link } from '#i18n/navigation.ts';
import { MenuItem } from '#ui/menu.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import type { Channel } from '../channel-filter.ts';
import { DeleteChannelDialog } from './delete-channel-dialog.tsx';
import { ReplaceKeyDialog } from './replace-key-dialog.tsx';
import { useChannelDrain } from './use-channel-drain.ts';
import { useChannelReset } from './use-channel-reset.ts';
import { useChannelSwitch } from './use-channel-switch.ts';

/** What can be done with a channel; what its file or variable owns is not offered. */
export function ChannelActions({ channel }: { readonly channel: Channel }) {
  const t = useTranslations('channels');
  const mayManage = useMay('channel.manage');
  const { mutate: flip } = useChannelSwitch();
  const { mutate: drain } = useChannelDrain();
  const reset = useChannelReset();
  const [open, setOpen] = useState<'delete' | 'key'>();
  if (!mayManage) return null;
  const { id, name, enabled, drainingSince, origin } = channel;
  const close = () => setOpen(undefined);
  const place = `/admin/channels/${id}`;
  return (
    <>
      <RowMenu label={t('actionsOf', { name })}>
        <MenuItem render={<Link href={{ pathname: place, query: { test: '1' } }} />}>{t('test.run')}</MenuItem>
        {(origin === 'console' || origin === 'environment') && (
          <>
            <MenuItem render={<Link href={{ pathname: place, query: { edit: '1' } }} />}>{t('edit')}</MenuItem>
            <MenuItem onSelect={() => flip({ channelId: id, enabled: !enabled })}>
              {enabled ? t('disable') : t('enable')}
            </MenuItem>
          </>
        )}
        {origin !== 'demo' && enabled && (
          <MenuItem onSelect={() => drain({ channelId: id, isDraining: drainingSince === null })}>
            {drainingSince === null ? t('drain.begin') : t('drain.undo')}
          </MenuItem>
        )}
        <MenuItem onSelect={() => reset(id)}>{t('reset')}</MenuItem>
        {origin === 'console' && (
          <>
            <MenuItem onSelect={() => setOpen('key')}>{t('replaceKey')}</MenuItem>
            <MenuItem danger onSelect={() => setOpen('delete')}>
              {t('deleteAction')}
            </MenuItem>
          </>
        )}
      </RowMenu>
      {open === 'delete' && <DeleteChannelDialog channel={channel} onClose={close} />}
      {open === 'key' && <ReplaceKeyDialog channel={channel} onClose={close} />}
    </>
  );
}
