'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { DatedStatus } from '#components/dated-status.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';

export interface MultiplierHistoryProps {
  readonly groupId: string;
  readonly mayWithdraw: boolean;
}

/** Every multiplier that a group had, has or will have. */
export function MultiplierHistory({ groupId, mayWithdraw }: MultiplierHistoryProps) {
  const t = useTranslations('groups');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const history = api.channelGroup.multipliers.useQuery({ id: groupId });
  const withdraw = api.channelGroup.withdrawMultiplier.useMutation({
    onSuccess: () => toast({ title: t('multiplier.withdrawn') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.channelGroup.invalidate(),
  });
  if (history.error) return <ErrorState {...failure(history.error)} onRetry={() => history.refetch()} />;
  if (!history.data) return <SkeletonRows rows={2} />;
  if (history.data.length === 0) return <p className="text-small text-ink-soft">{t('multiplier.none')}</p>;
  return (
    <Table label={t('multiplier.history')}>
      <thead>
        <tr>
          <HeaderCell numeric>{t('multiplier.version')}</HeaderCell>
          <HeaderCell numeric>{t('column.multiplier')}</HeaderCell>
          <HeaderCell>{t('multiplier.from')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {history.data.map(({ version, multiplier, validFrom, state }) => (
          <tr key={version}>
            <Cell numeric>{version}</Cell>
            <Cell numeric>{`× ${multiplier}`}</Cell>
            <Cell>
              <LocalTime at={validFrom} />
            </Cell>
            <Cell>
              <DatedStatus state={state} />
              {state === 'ahead' && mayWithdraw && (
                <Button
                  look="quiet"
                  className="ml-2"
                  aria-label={t('multiplier.withdrawOf', { version })}
                  busy={withdraw.isPending && withdraw.variables.version === version}
                  onClick={() => withdraw.mutate({ id: groupId, version })}
                >
                  {t('multiplier.withdraw')}
                </Button>
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
