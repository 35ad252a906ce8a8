'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { PersonActions } from '#features/person/components/person-actions.tsx';
import { type Column, RecordTable } from '#ui/record-table.tsx';
import { Status } from '#ui/status.tsx';
import type { CustomerPage } from '../customer-page.ts';

type Member = NonNullable<CustomerPage['members']>[number];

/** Who belongs to a customer, and what staff can do for each. */
export function MemberTable({ members }: { readonly members: readonly Member[] }) {
  const t = useTranslations('customers');
  const people = useTranslations('people');
  const columns: readonly Column<Member>[] = [
    {
      label: t('member.person'),
      cell: ({ name, email }) => (
        <>
          {name} <span className="text-ink-faint">{email}</span>
        </>
      ),
    },
    { label: t('member.role'), cell: ({ role }) => (role ? t(`role.${role}`) : '–') },
    {
      label: t('column.state'),
      cell: ({ isSuspended, isStaff }) => (
        <>
          <Status tone={isSuspended ? 'bad' : 'good'}>
            {people(isSuspended ? 'state.suspended' : 'state.active')}
          </Status>
          {isStaff && <span className="ml-2 text-caption text-ink-faint">{people('state.staff')}</span>}
        </>
      ),
    },
    { label: t('member.since'), cell: ({ joinedAt }) => <LocalTime at={joinedAt} precision="day" /> },
  ];
  return (
    <RecordTable
      label={t('section.members')}
      rows={members}
      columns={columns}
      actions={{ label: people('actions'), of: (member) => <PersonActions person={member} /> }}
    />
  );
}
