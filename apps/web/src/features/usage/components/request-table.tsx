'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

type Request = ApiOutput['usage']['requests']['requests'][number];

const tones = {
  completed: 'good',
  client_left: 'quiet',
  upstream_broke: 'bad',
  failed: 'bad',
  interrupted: 'warn',
  rejected: 'warn',
} as const satisfies Record<Request['outcome'], string>;

/** Requests one by one: what was asked, used and charged. */
export function RequestTable({ requests }: { readonly requests: readonly Request[] }) {
  const t = useTranslations('usage');
  return (
    <Table label={t('requestsLabel')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.time')}</HeaderCell>
          <HeaderCell>{t('column.model')}</HeaderCell>
          <HeaderCell>{t('column.outcome')}</HeaderCell>
          <HeaderCell numeric>{t('column.input')}</HeaderCell>
          <HeaderCell numeric>{t('column.cacheRead')}</HeaderCell>
          <HeaderCell numeric>{t('column.cacheWrite')}</HeaderCell>
          <HeaderCell numeric>{t('column.output')}</HeaderCell>
          <HeaderCell numeric>{t('column.charge')}</HeaderCell>
          <HeaderCell numeric>{t('column.firstByte')}</HeaderCell>
          <HeaderCell numeric>{t('column.duration')}</HeaderCell>
          <HeaderCell>{t('column.id')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <RequestRow key={request.id} request={request} />
        ))}
      </tbody>
    </Table>
  );
}

function RequestRow({ request }: { readonly request: Request }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  // Not reported is not zero.
  const count = (tokens: bigint | null) => (tokens === null ? '–' : countText(tokens, locale));
  const milliseconds = (ms: number | null) => (ms === null ? '–' : countText(ms, locale));
  const switched = request.modelUsed !== null && request.modelUsed !== request.modelRequested;
  return (
    <tr>
      <Cell>
        <LocalTime at={request.createdAt} precision="second" />
      </Cell>
      <Cell className="font-mono">
        {switched ? `${request.modelRequested} → ${request.modelUsed}` : request.modelRequested}
      </Cell>
      <Cell>
        <Status tone={tones[request.outcome]}>
          {t(`outcome.${request.outcome}`)}
          {request.errorCode && <code className="text-caption text-ink-faint">{request.errorCode}</code>}
        </Status>
      </Cell>
      <Cell numeric>{count(request.input)}</Cell>
      <Cell numeric>{count(request.cacheRead)}</Cell>
      <Cell numeric>{count(cacheWritten(request))}</Cell>
      <Cell numeric>{count(request.output)}</Cell>
      <Cell numeric title={usdText(request.chargeNanoUsd, locale)}>
        {tokensText(request.chargeNanoUsd, locale)}
      </Cell>
      <Cell numeric>{milliseconds(request.firstByteMs)}</Cell>
      <Cell numeric>{milliseconds(request.durationMs)}</Cell>
      <Cell className="font-mono text-caption text-ink-faint select-all">{request.id}</Cell>
    </tr>
  );
}

function cacheWritten({ cacheWrite5m, cacheWrite1h }: Request): bigint | null {
  return cacheWrite5m === null && cacheWrite1h === null ? null : (cacheWrite5m ?? 0n) + (cacheWrite1h ?? 0n);
}
