'use client';

import { useTranslations } from 'next-intl';
import { type ApiOutput, api } from '#components/api.ts';
import { DatedStatus } from '#components/dated-status.tsx';
import { LocalTime } from '#components/local-time.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { feeKinds, tokenKinds } from '../price-form.ts';
import { PriceMore } from './price-more.tsx';

type Price = ApiOutput['modelDesk']['read']['prices'][number];

export interface PriceHistoryProps {
  readonly modelId: string;
  readonly prices: readonly Price[];
  readonly mayWithdraw: boolean;
}

/** Every price that a model had, has or will have. */
export function PriceHistory({ modelId, prices, mayWithdraw }: PriceHistoryProps) {
  const t = useTranslations('modelDesk');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  const withdraw = api.modelDesk.withdrawPrice.useMutation({
    onSuccess: () => toast({ title: t('withdrawn') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.modelDesk.invalidate(),
  });
  if (prices.length === 0) return <p className="text-small text-ink-soft">{t('noPrice')}</p>;
  return (
    <Table label={t('prices')}>
      <thead>
        <tr>
          <HeaderCell numeric>{t('column.version')}</HeaderCell>
          <HeaderCell>{t('column.from')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          {[...tokenKinds, ...feeKinds].map((kind) => (
            <HeaderCell key={kind} numeric>
              {t(`kind.${kind}`)}
            </HeaderCell>
          ))}
          <HeaderCell>{t('column.more')}</HeaderCell>
          <HeaderCell>{t('column.source')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {prices.map(({ id, version, validFrom, state, figures, source, copiedFrom }) => (
          <tr key={id} className={state === 'inForce' ? 'font-medium' : undefined}>
            <Cell numeric>{version}</Cell>
            <Cell>
              <LocalTime at={validFrom} />
            </Cell>
            <Cell>
              <DatedStatus state={state} />
              {state === 'ahead' && mayWithdraw && (
                <Button
                  look="quiet"
                  className="ml-2"
                  aria-label={t('withdrawOf', { version, model: modelId })}
                  busy={withdraw.isPending && withdraw.variables.priceId === id}
                  onClick={() => withdraw.mutate({ priceId: id })}
                >
                  {t('withdraw')}
                </Button>
              )}
            </Cell>
            {[...tokenKinds, ...feeKinds].map((kind) => (
              <Cell key={kind} numeric>
                {figures?.[kind] ?? '–'}
              </Cell>
            ))}
            <Cell className="text-caption tabular-nums">
              <PriceMore figures={figures} />
            </Cell>
            <Cell className="max-w-72 truncate" title={source}>
              {copiedFrom ? t('source.copied', { model: copiedFrom }) : source}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
