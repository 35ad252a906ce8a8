'use client';

import { useTranslations } from 'next-intl';
import { useMay } from '#components/permissions.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import type { ListedProxy } from '../pools.ts';

export type ProxyDialog = 'test' | 'edit' | 'delete';

export interface ProxyActionsProps {
  readonly proxy: ListedProxy;
  readonly onOpen: (dialog: ProxyDialog) => void;
}

/** What can be done with a proxy; what the configuration file owns can only be tested. */
export function ProxyActions({ proxy: { name, origin }, onOpen }: ProxyActionsProps) {
  const t = useTranslations('egress');
  if (!useMay('channel.manage')) return null;
  return (
    <RowMenu label={t('actionsOf', { name })}>
      <MenuItem onSelect={() => onOpen('test')}>{t('test.action')}</MenuItem>
      {origin === 'console' && (
        <>
          <MenuItem onSelect={() => onOpen('edit')}>{t('edit')}</MenuItem>
          <MenuItem danger onSelect={() => onOpen('delete')}>
            {t('delete.action')}
          </MenuItem>
        </>
      )}
    </RowMenu>
  );
}
