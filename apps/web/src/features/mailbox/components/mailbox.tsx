'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { ListFilters } from '#components/list-filters.tsx';
import { PagedList } from '#components/paged-list.tsx';
import { useAddressFilter } from '#components/use-address-filter.ts';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { mailFilterQuery, mailStates, maxAddressLength, readMailFilter } from '../mail-filter.ts';
import { MailTable } from './mail-table.tsx';

/** Everybody's mails. What is looked for is in the address. */
export function Mailbox() {
  const t = useTranslations('mailbox');
  const [filter, narrow] = useAddressFilter(readMailFilter, mailFilterQuery);
  const list = api.mailbox.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const mails = list.data?.pages.flatMap((page) => page.mails);
  const isKept = list.data?.pages[0]?.isKept;
  const isNarrowed = filter.address !== '' || filter.state !== undefined;
  const labels = {
    ...{ form: t('filter.label'), search: t('filter.address'), placeholder: t('filter.placeholder') },
    ...{ submit: t('filter.submit'), part: t('filter.state') },
  };
  return (
    <>
      <PageHead title={t('title')} lead={isKept ? t('leadKept') : t('lead')} />
      <ListFilters
        key={filter.address}
        labels={labels}
        search={filter.address}
        maxLength={maxAddressLength}
        part={filter.state ?? ''}
        parts={[
          { value: '', label: t('filter.any') },
          ...mailStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        ]}
        onSearch={(typed) => narrow({ address: typed })}
        onPart={(chosen) => narrow({ state: mailStates.find((state) => state === chosen) })}
      />
      <PagedList
        list={list}
        rows={mails}
        more={t('more')}
        empty={
          isNarrowed ? (
            <EmptyState
              title={t('noMatch.title')}
              action={<Button onClick={() => narrow({ address: '', state: undefined })}>{t('noMatch.clear')}</Button>}
            >
              {t('noMatch.body')}
            </EmptyState>
          ) : (
            <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>
          )
        }
      >
        {(shown) => <MailTable mails={shown} />}
      </PagedList>
    </>
  );
}
