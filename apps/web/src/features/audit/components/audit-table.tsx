'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { CustomerLink } from '#features/customer/components/customer-link.tsx';
import { type Column, RecordTable } from '#ui/record-table.tsx';
import { AuditDetail } from './audit-detail.tsx';

type Deed = ApiOutput['audit']['list']['rows'][number];

/** Deeds one by one. Actions and details stand as they were written, in every language alike. */
export function AuditTable({ rows }: { readonly rows: readonly Deed[] }) {
  const t = useTranslations('audit');
  const columns: readonly Column<Deed>[] = [
    { label: t('column.at'), cell: ({ at }) => <LocalTime at={at} /> },
    {
      label: t('column.by'),
      cell: ({ actorEmail, actorKind }) => actorEmail ?? t(`by.${actorKind}`),
      className: 'max-w-56 truncate',
      title: ({ actorEmail }) => actorEmail ?? undefined,
    },
    { label: t('column.address'), cell: ({ address }) => <code className="text-caption">{address ?? '–'}</code> },
    { label: t('column.action'), cell: ({ action }) => <code className="text-caption">{action}</code> },
    {
      label: t('column.target'),
      cell: ({ target }) => <code className="text-caption">{target}</code>,
      className: 'max-w-56 truncate',
      title: ({ target }) => target,
    },
    {
      label: t('column.organization'),
      className: 'max-w-40 truncate',
      cell: ({ organizationId: id, organizationName: name }) =>
        id === null ? '–' : <CustomerLink organization={{ id }}>{name ?? id}</CustomerLink>,
    },
    {
      label: t('column.detail'),
      cell: ({ detail }) => <AuditDetail detail={detail} />,
    },
  ];
  return <RecordTable label={t('title')} rows={rows} columns={columns} />;
}
