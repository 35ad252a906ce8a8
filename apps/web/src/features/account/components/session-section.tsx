'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import type { AppRouter } from '#server/root.ts';
import { Button } from '#ui/button.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import { useToast } from '#ui/toast.tsx';

type OwnSession = inferRouterOutputs<AppRouter>['account']['sessions'][number];

const skeletonRows = 2;
const methods = ['password', 'github', 'google'] as const;

/** Where one is signed in, and how to end it there. */
export function SessionSection() {
  const t = useTranslations('settings.sessions');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const { data, error, isPending, refetch } = api.account.sessions.useQuery();
  const outcome = {
    async onSuccess() {
      toast({ title: t('ended') });
      await utils.account.sessions.invalidate();
    },
    onError: (failed: unknown) => toast({ title: failure(failed).message, type: 'error' }),
  };
  const end = api.account.endSession.useMutation(outcome);
  const endOthers = api.account.endOtherSessions.useMutation(outcome);
  const deviceName = ({ device: { browser, system } }: OwnSession) =>
    browser && system ? t('on', { browser, system }) : (browser ?? system ?? t('unknown'));
  const others = data && data.length > 1 && (
    <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
      {t('endOthers')}
    </Button>
  );
  return (
    <Section title={t('title')} actions={others}>
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={skeletonRows} className="h-11" />}
      {data && (
        <RecordTable
          label={t('title')}
          rows={data}
          columns={[
            {
              label: t('device'),
              cell: (row) => (
                <span className="flex flex-wrap items-baseline gap-x-3">
                  {deviceName(row)}
                  {row.isCurrent && <Status tone="good">{t('current')}</Status>}
                </span>
              ),
            },
            { label: t('address'), cell: (row) => <span className="font-mono">{row.address}</span> },
            {
              label: t('by'),
              cell: (row) => t(`method.${methods.find((method) => method === row.method) ?? 'password'}`),
            },
            { label: t('lastSeen'), cell: (row) => <LocalTime at={row.lastSeenAt} /> },
          ]}
          actions={{
            label: t('actions'),
            of: (row) =>
              !row.isCurrent && (
                <Button
                  busy={end.isPending && end.variables.id === row.id}
                  aria-label={t('endDevice', { device: deviceName(row) })}
                  onClick={() => end.mutate({ id: row.id })}
                >
                  {t('end')}
                </Button>
              ),
          }}
        />
      )}
      {data?.length === 1 && <p className="mt-3 text-small text-ink-soft">{t('none')}</p>}
    </Section>
  );
}
