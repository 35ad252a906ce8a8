'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { RecordKeys } from '#features/triage/components/record-keys.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';
import type { CustomerPage } from '../customer-page.ts';
import { readFound } from '../found.ts';
import { CustomerActions } from './customer-actions.tsx';
import { CustomerFacts } from './customer-facts.tsx';
import { CustomerFigures } from './customer-figures.tsx';
import { CustomerStatus } from './customer-status.tsx';
import { FoundHere } from './found-here.tsx';
import { MemberTable } from './member-table.tsx';
import { SuspensionNote } from './suspension-note.tsx';
import { Timeline } from './timeline.tsx';

const skeletonRows = 8;

/** A customer's page: who it is and what it has, and one timeline of all that happened. */
export function Customer({ organizationId }: { readonly organizationId: string }) {
  const t = useTranslations('customers');
  const failure = useFailure();
  const customer = api.customer.read.useQuery({ organizationId });
  return (
    <>
      <RecordKeys list="/admin/customers" title={t('title')} />
      {!customer.data && <h1 className="sr-only">{t('customer')}</h1>}
      {customer.isPending && <SkeletonRows rows={skeletonRows} />}
      {customer.error && <ErrorState {...failure(customer.error)} onRetry={() => customer.refetch()} />}
      {customer.data && <Known customer={customer.data} />}
    </>
  );
}

function Known({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const found = readFound(useSearchParams().get('found'));
  return (
    <>
      <PageHead
        title={customer.name}
        lead={<CustomerStatus isSuspended={customer.isSuspended} />}
        actions={<CustomerActions customer={customer} />}
      />
      {found && <FoundHere found={found} />}
      {customer.suspension && <SuspensionNote suspension={customer.suspension} />}
      {customer.balance && <CustomerFigures balance={customer.balance} />}
      <CustomerFacts customer={customer} />
      {customer.members && (
        <Section title={t('section.members')}>
          <MemberTable members={customer.members} />
        </Section>
      )}
      <Timeline organizationId={customer.id} />
    </>
  );
}
