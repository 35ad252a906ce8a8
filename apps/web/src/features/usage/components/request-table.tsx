'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText, tokensText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { modelText } from '../model-text.ts';
import { outcomeTones } from '../outcome-meaning.ts';

type Request = ApiOutput['usage']['requests']['requests'][number];

export interface RequestTableProps {
  readonly requests: readonly Request[];
  /** The address that requests are found under. */
  readonly at: '/console/usage' | '/admin/requests';
}

/** Requests one by one: what was asked, used and charged. Each leads to its own page. */
export function RequestTable({ requests, at }: RequestTableProps) {
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
          <RequestRow key={request.id} request={request} at={at} />
        ))}
      </tbody>
    </Table>
  );
}

function RequestRow({ request, at }: Pick<RequestTableProps, 'at'> & { readonly request: Request }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  // Not reported is not zero.
  const count = (tokens: bigint | null) => (tokens === null ? '–' : countText(tokens, locale));
  const milliseconds = (ms: number | null) => (ms === null ? '–' : countText(ms, locale));
  const page = `${at}/${request.id}`;
  return (
    <tr>
      <Cell>
        <Link href={page} className={linkClass}>
          <LocalTime at={request.createdAt} precision="second" />
        </Link>
      </Cell>
      <Cell className="font-mono">{modelText(request)}</Cell>
      <Cell>
        <Status tone={outcomeTones[request.outcome]}>
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
        <BesideTokens request={request} />
      </Cell>
      <Cell numeric>{milliseconds(request.firstByteMs)}</Cell>
      <Cell numeric>{milliseconds(request.durationMs)}</Cell>
      <Cell className="font-mono text-caption text-ink-faint">
        <Link href={page} className={linkClass}>
          {request.id}
        </Link>
      </Cell>
    </tr>
  );
}

/** What made the charge other than the tokens at their price. */
function BesideTokens({ request: { rates, webSearches } }: { readonly request: Request }) {
  const t = useTranslations('usage');
  const told = (rates ?? []).map((rate) => t(`rate.${rate}`));
  if (webSearches) told.push(t('searches', { count: Number(webSearches) }));
  return told.length > 0 && <span className="block text-caption text-ink-faint">{told.join(', ')}</span>;
}

function cacheWritten({ cacheWrite5m, cacheWrite1h }: Request): bigint | null {
  return cacheWrite5m === null && cacheWrite1h === null ? null : (cacheWrite5m ?? 0n) + (cacheWrite1h ?? 0n);
}
