'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { useMay, usePermissions } from '#components/permissions.tsx';
import { replaceQuery } from '#components/replace-query.ts';
import { LookFailure } from '#features/staff-look/components/look-failure.tsx';
import { Button } from '#ui/button.tsx';
import { Field, Select } from '#ui/field.tsx';
import { Section } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { type TimelineKind, timelineKindNames, timelineKinds } from '../timeline-kind.ts';
import { NoteDialog } from './note-dialog.tsx';
import { TimelineList } from './timeline-list.tsx';

/** All that happened at a customer, newest first. The kind that is looked at is in the address. */
export function Timeline({ organizationId }: { readonly organizationId: string }) {
  const t = useTranslations('customers');
  const query = useSearchParams();
  const granted = usePermissions();
  const mayWrite = useMay('staffNote.write');
  const [isWriting, setWriting] = useState(false);
  const kinds = timelineKindNames.filter((kind) => granted.includes(timelineKinds[kind]));
  const kind = kinds.find((known) => known === query.get('kind'));
  const list = api.customer.timeline.useInfiniteQuery(
    { organizationId, kind },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const entries = list.data?.pages.flatMap((page) => page.entries);

  function choose(chosen: TimelineKind | undefined) {
    const next = new URLSearchParams(query);
    if (chosen) next.set('kind', chosen);
    else next.delete('kind');
    replaceQuery(next);
  }

  const write = mayWrite && <Button onClick={() => setWriting(true)}>{t('note.open')}</Button>;
  return (
    <Section title={t('section.timeline')} actions={write}>
      {(entries || list.isPending) && (
        <Field label={t('timeline.kind')} className="mb-4 max-w-64">
          <Select value={kind ?? ''} onChange={({ target }) => choose(kinds.find((known) => known === target.value))}>
            <option value="">{t('timeline.all')}</option>
            {kinds.map((known) => (
              <option key={known} value={known}>
                {t(`timeline.kinds.${known}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <PagedList
        list={list}
        rows={entries}
        more={t('more')}
        failed={<LookFailure error={list.error} onRetry={() => list.refetch()} />}
        empty={<EmptyState title={t('timeline.empty.title')}>{t('timeline.empty.body')}</EmptyState>}
      >
        {(shown) => <TimelineList entries={shown} />}
      </PagedList>
      {isWriting && <NoteDialog organizationId={organizationId} onClose={() => setWriting(false)} />}
    </Section>
  );
}
