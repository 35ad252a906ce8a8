'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { CustomerLink } from '#features/customer/components/customer-link.tsx';
import { type Column, RecordTable } from '#ui/record-table.tsx';
import { Status } from '#ui/status.tsx';
import { PersonActions } from './person-actions.tsx';

type ListedPerson = ApiOutput['person']['list']['people'][number];

/** People one by one, with their organizations and what can be done for them. */
export function PersonTable({ people }: { readonly people: readonly ListedPerson[] }) {
  const t = useTranslations('people');
  const columns: readonly Column<ListedPerson>[] = [
    {
      label: t('column.person'),
      cell: ({ email, name }) => (
        <>
          {email} <span className="text-ink-faint">{name}</span>
        </>
      ),
      className: 'max-w-72 truncate',
      title: ({ email, name }) => `${email} ${name}`,
    },
    {
      label: t('column.state'),
      cell: ({ isSuspended }) => (
        <Status tone={isSuspended ? 'bad' : 'good'}>{t(isSuspended ? 'state.suspended' : 'state.active')}</Status>
      ),
    },
    { label: t('column.role'), cell: ({ staffRole }) => (staffRole ? t(`role.name.${staffRole}`) : '–') },
    { label: t('column.secondFactor'), cell: ({ hasTwoFactor }) => t(hasTwoFactor ? 'state.on' : 'state.off') },
    {
      label: t('column.organizations'),
      className: 'max-w-40 truncate',
      cell: ({ organizations }) =>
        organizations.map((organization, at) => (
          <span key={organization.id}>
            {at > 0 && ', '}
            <CustomerLink organization={organization}>{organization.name}</CustomerLink>
          </span>
        )),
    },
    { label: t('column.since'), cell: ({ createdAt }) => <LocalTime at={createdAt} precision="day" /> },
  ];
  return (
    <RecordTable
      label={t('title')}
      rows={people}
      columns={columns}
      actions={{
        label: t('actions'),
        of: ({ isSelf, staffRole, ...person }) =>
          isSelf ? null : <PersonActions person={{ ...person, isStaff: staffRole !== undefined }} />,
      }}
    />
  );
}
