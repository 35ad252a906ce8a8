'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link, usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { Channel } from '../channel-filter.ts';
import { siblingsOf } from '../siblings.ts';
import { ChannelActions } from './channel-actions.tsx';
import { ChannelDrain } from './channel-drain.tsx';
import { ChannelFigures } from './channel-figures.tsx';
import { ChannelLimits } from './channel-limits.tsx';
import { ChannelModels } from './channel-models.tsx';
import { ChannelSettings } from './channel-settings.tsx';
import { ChannelTest } from './channel-test.tsx';
import { refreshMs } from './channels.tsx';
import { EditChannelDialog } from './edit-channel-dialog.tsx';

const skeletonRows = 6;

/** A channel's own page. `?test=1` tests it at once, `?edit=1` opens its settings. */
export function ChannelDetail({ channelId }: { readonly channelId: string }) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const channels = api.channel.list.useQuery(undefined, { refetchInterval: refreshMs });
  const channel = channels.data?.find(({ id }) => id === channelId);
  return (
    <>
      <p className="mb-3 text-small">
        <Link href="/admin/channels" className="text-ink-soft underline-offset-4 hover:text-ink hover:underline">
          {`← ${t('detail.back')}`}
        </Link>
      </p>
      {channels.error && <ErrorState {...failure(channels.error)} onRetry={() => channels.refetch()} />}
      {channels.isPending && <SkeletonRows rows={skeletonRows} />}
      {channels.data && !channel && <ErrorState message={t('detail.missing')} />}
      {channels.data && channel && <Known channel={channel} all={channels.data} />}
    </>
  );
}

function Known({ channel, all }: { readonly channel: Channel; readonly all: readonly Channel[] }) {
  const t = useTranslations('channels');
  const router = useRouter();
  const pathname = usePathname();
  const query = useSearchParams();
  const mayManage = useMay('channel.manage');
  const isOurs = channel.origin === 'console' || channel.origin === 'environment';
  const mayEdit = mayManage && isOurs;
  const siblings = siblingsOf(channel, all);
  const edit = mayEdit && (
    <Button onClick={() => router.push({ pathname, query: { edit: '1' } }, { scroll: false })}>{t('edit')}</Button>
  );
  return (
    <>
      <PageHead
        title={channel.name}
        lead={<span className="font-mono break-all">{channel.baseUrl}</span>}
        actions={<ChannelActions channel={channel} />}
      />
      {channel.origin !== 'console' && (
        <p className="-mt-4 mb-6 border-l-2 border-rule-strong pl-3 text-small text-ink-soft">
          {t(`owned.${channel.origin}`)}
        </p>
      )}
      {siblings.length > 0 && (
        <p className="-mt-4 mb-6 text-small text-ink-soft">
          {t('detail.siblings')}{' '}
          {siblings.map(({ id, name }) => (
            <Link key={id} href={`/admin/channels/${id}`} className="mr-2 text-ink underline underline-offset-4">
              {name}
            </Link>
          ))}
        </p>
      )}
      <ChannelDrain channel={channel} />
      <ChannelFigures channel={channel} />
      <ChannelLimits channel={channel} />
      {mayManage && (
        <Section title={t('test.title')}>
          <ChannelTest key={channel.id} channel={channel} atOnce={query.get('test') === '1'} />
        </Section>
      )}
      <ChannelModels channel={channel} mayEdit={mayEdit} />
      <Section title={t('detail.settings')} actions={edit}>
        <ChannelSettings channel={channel} />
      </Section>
      {mayEdit && query.get('edit') === '1' && (
        <EditChannelDialog channel={channel} onClose={() => router.replace(pathname, { scroll: false })} />
      )}
    </>
  );
}
