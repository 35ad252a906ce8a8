'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { useRouter } from '#i18n/navigation.ts';
import { PageHead } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { customerHref } from '../found.ts';
import { withoutSecret } from '../search-kind.ts';
import { SearchForm } from './search-form.tsx';
import { SearchHits } from './search-hits.tsx';

const skeletonRows = 4;

/** Finds customers by whatever names them. The one thing that a text is exactly opens at once. */
export function Search() {
  const t = useTranslations('customers.search');
  const failure = useFailure();
  const router = useRouter();
  const text = withoutSecret(useSearchParams().get('q') ?? '');
  const search = api.customer.search.useQuery({ text }, { enabled: text !== '' });
  const exact = search.data?.filter(({ isExact }) => isExact) ?? [];
  const only = exact.length === 1 ? exact[0] : undefined;
  const href = only && customerHref(only.organization.id, only);
  useEffect(() => {
    if (href) router.replace(href);
  }, [href, router]);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <SearchForm key={text} text={text} />
      {search.error && <ErrorState {...failure(search.error)} onRetry={() => search.refetch()} />}
      {((search.isPending && text !== '') || href) && <SkeletonRows rows={skeletonRows} />}
      {search.data?.length === 0 && <EmptyState title={t('nothing.title')}>{t('nothing.body')}</EmptyState>}
      {search.data && search.data.length > 0 && !href && <SearchHits hits={search.data} />}
    </>
  );
}
