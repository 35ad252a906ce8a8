'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';

type ListedText = ApiOutput['codexText']['list']['texts'][number];
export type CodexTextAction = 'edit' | 'delete';

export interface CodexTextTableProps {
  readonly texts: readonly ListedText[];
  readonly mayEdit: boolean;
  readonly onAction: (action: CodexTextAction, beginning: string) => void;
}

export function CodexTextTable({ texts, mayEdit, onAction }: CodexTextTableProps) {
  const t = useTranslations('codexTexts');
  const locale = useLocale();
  const nameOf = ({ beginning }: ListedText) => (beginning === '*' ? t('allOthers') : beginning);
  return (
    <RecordTable
      label={t('title')}
      rows={texts.map((text) => ({ ...text, id: text.beginning }))}
      columns={[
        {
          label: t('column.beginning'),
          cell: (text) => <span className="font-mono font-medium">{text.beginning}</span>,
        },
        { label: t('column.start'), cell: ({ start }) => start, className: 'max-w-96 truncate' },
        {
          label: t('column.characters'),
          cell: ({ characters }) => countText(characters, locale),
          numeric: true,
        },
      ]}
      actions={{
        label: t('column.actions'),
        of: (text) => (
          <RowMenu label={t('actionsOf', { name: nameOf(text) })}>
            <MenuItem onSelect={() => onAction('edit', text.beginning)}>{mayEdit ? t('edit') : t('show')}</MenuItem>
            {mayEdit && (
              <MenuItem danger onSelect={() => onAction('delete', text.beginning)}>
                {t('delete.action')}
              </MenuItem>
            )}
          </RowMenu>
        ),
      }}
    />
  );
}
