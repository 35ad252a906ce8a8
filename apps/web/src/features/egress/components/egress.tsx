'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { PageHead, Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { type EgressStatus, poolsOf } from '../pools.ts';
import { ProxyTable } from './proxy-table.tsx';

const skeletonRows = 4;
/** Workers write what they see every 5 s. */
const refreshMs = 5_000;

/** The pools of proxies, each with its health and the channels that go out through it. */
export function Egress() {
  const t = useTranslations('egress');
  const failure = useFailure();
  const status = api.egress.list.useQuery(undefined, { refetchInterval: refreshMs });
  const pools = status.data && poolsOf(status.data);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {status.error && <ErrorState {...failure(status.error)} onRetry={() => status.refetch()} />}
      {status.isPending && <SkeletonRows rows={skeletonRows} />}
      {pools?.length === 0 && <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
      {pools?.map(({ name, proxies, channels }) => (
        <Section key={name} title={t('pool', { name })} actions={<UsedBy channels={channels} />}>
          {proxies.length > 0 ? (
            <ProxyTable label={t('pool', { name })} proxies={proxies} />
          ) : (
            <p className="text-small text-warn">{t('missing')}</p>
          )}
        </Section>
      ))}
    </>
  );
}

function UsedBy({ channels }: { readonly channels: EgressStatus['channels'] }) {
  const t = useTranslations('egress');
  if (channels.length === 0) return <span className="text-small text-ink-faint">{t('unused')}</span>;
  return (
    <span className="text-small text-ink-soft">
      {`${t('usedBy')} `}
      {channels.map(({ id, name }) => (
        <Link key={id} href={`/admin/channels/${id}`} className="ml-1 text-ink underline underline-offset-4">
          {name}
        </Link>
      ))}
    </span>
  );
}
