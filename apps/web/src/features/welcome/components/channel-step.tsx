'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { AddChannelDialog } from '#features/channel/components/add-channel-dialog.tsx';
import { ChannelTest } from '#features/channel/components/channel-test.tsx';
import { ImportModelsDialog } from '#features/channel/components/import-models-dialog.tsx';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { Welcome } from '../welcome.ts';

/** Where requests go: a provider and its key, tested by one real call, with the models that it has. */
export function ChannelStep({ channels }: Pick<Welcome, 'channels'>) {
  const t = useTranslations('welcome.channel');
  const utils = api.useUtils();
  const [open, setOpen] = useState<'add' | 'import'>();
  const [madeId, setMadeId] = useState<string>();
  const list = api.channel.list.useQuery();
  const channelId = madeId ?? channels[0]?.id;
  const channel = list.data?.find(({ id }) => id === channelId);
  const close = () => {
    setOpen(undefined);
    void utils.welcome.read.invalidate();
  };
  return (
    <>
      <p className="max-w-2xl text-small text-ink-soft">{t('lead')}</p>
      {channels.length > 0 && (
        <ul className="flex flex-wrap gap-x-6 gap-y-1 text-small">
          {channels.map(({ id, name }) => (
            <li key={id}>
              <Status tone="good">
                <Link href={`/admin/channels/${id}`} className={linkClass}>
                  {name}
                </Link>
              </Status>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-2.5">
        <Button look={channels.length === 0 ? 'primary' : 'plain'} onClick={() => setOpen('add')}>
          {t(channels.length === 0 ? 'add' : 'addAnother')}
        </Button>
        {channel && <Button onClick={() => setOpen('import')}>{t('import', { name: channel.name })}</Button>}
      </div>
      {channel && <ChannelTest key={channel.id} channel={channel} atOnce={madeId !== undefined} />}
      {open === 'add' && (
        <AddChannelDialog
          onClose={close}
          onMade={(id) => {
            setMadeId(id);
            close();
          }}
        />
      )}
      {open === 'import' && channel && <ImportModelsDialog channel={channel} onClose={close} />}
    </>
  );
}
