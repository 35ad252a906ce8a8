'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText } from '#components/amounts.ts';
import { type ApiOutput, api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Status } from '#ui/status.tsx';
import { useToast } from '#ui/toast.tsx';

type Batch = ApiOutput['creditDesk']['batches'][number];

const tones = { proposed: 'warn', active: 'good', disabled: 'quiet' } as const;

/** Codes that were made together, a line each batch; never the codes. */
export function BatchTable({ batches }: { readonly batches: readonly Batch[] }) {
  const t = useTranslations('creditDesk');
  const locale = useLocale();
  return (
    <RecordTable
      label={t('batches')}
      rows={batches}
      columns={[
        {
          label: t('column.name'),
          cell: ({ name }) => <span className="font-medium">{name}</span>,
          className: 'max-w-56 truncate',
          title: ({ name }) => name,
        },
        { label: t('column.state'), cell: ({ state }) => <Status tone={tones[state]}>{t(`state.${state}`)}</Status> },
        {
          label: t('column.redeemed'),
          cell: ({ redeemed, codes }) => `${countText(redeemed, locale)} / ${countText(codes, locale)}`,
          numeric: true,
        },
        {
          label: t('column.tokens'),
          cell: ({ amountNanoUsd }) => tokensText(amountNanoUsd, locale),
          numeric: true,
        },
        { label: t('column.once'), cell: ({ oncePerOrganization }) => t(oncePerOrganization ? 'one' : 'any') },
        { label: t('column.expires'), cell: ({ expiresAt }) => (expiresAt ? <LocalTime at={expiresAt} /> : '–') },
        { label: t('column.by'), cell: ({ createdBy }) => createdBy?.email ?? '–' },
        { label: t('column.made'), cell: ({ createdAt }) => <LocalTime at={createdAt} /> },
      ]}
      actions={{ label: t('column.actions'), of: (batch) => <BatchActions batch={batch} /> }}
    />
  );
}

function BatchActions({ batch: { id, name, state, isOwn } }: { readonly batch: Batch }) {
  const t = useTranslations('creditDesk');
  const toast = useToast();
  const failure = useFailure();
  const utils = api.useUtils();
  const mayGrant = useMay('credit.grant');
  const after = {
    onError: (error: unknown) => toast({ title: failure(error).message, type: 'error' as const }),
    onSettled: () => utils.creditDesk.batches.invalidate(),
  };
  const approve = api.creditDesk.approveBatch.useMutation(after);
  const disable = api.creditDesk.disableBatch.useMutation(after);
  if (!mayGrant || state === 'disabled') return null;
  return (
    <RowMenu label={t('actionsOf', { name })}>
      {state === 'proposed' && !isOwn && (
        <MenuItem onSelect={() => approve.mutate({ batchId: id })}>{t('approve')}</MenuItem>
      )}
      <MenuItem danger onSelect={() => disable.mutate({ batchId: id })}>
        {t('disable')}
      </MenuItem>
    </RowMenu>
  );
}
