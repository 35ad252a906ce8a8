'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

export type ModelChange = ApiOutput['modelDesk']['read']['changes'][number];

/** Who changed what, the newest first. */
export function ModelChanges({ changes }: { readonly changes: readonly ModelChange[] }) {
  const t = useTranslations('modelDesk');
  if (changes.length === 0) return <p className="text-small text-ink-soft">{t('changes.none')}</p>;
  return (
    <Table label={t('changes.title')}>
      <thead>
        <tr>
          <HeaderCell>{t('changes.at')}</HeaderCell>
          <HeaderCell>{t('changes.who')}</HeaderCell>
          <HeaderCell>{t('changes.what')}</HeaderCell>
          <HeaderCell>{t('changes.detail')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ id, at, action, actorKind, person, detail }) => (
          <tr key={String(id)}>
            <Cell>
              <LocalTime at={at} />
            </Cell>
            <Cell>{person ?? actorKind}</Cell>
            <Cell className="font-mono text-caption">{action}</Cell>
            <Cell className="max-w-96 truncate font-mono text-caption text-ink-faint" title={detail}>
              {detail}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
