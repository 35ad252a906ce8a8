'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { UsageView } from '../usage-view.ts';
import { FigureCells, FigureHeaderCells } from './figure-cells.tsx';
import { type UsageChoices, useUsageNames } from './use-usage-names.ts';

export interface GroupTableProps {
  readonly view: UsageView;
  readonly breakdown: ApiOutput['usage']['breakdown'];
  readonly choices: UsageChoices | undefined;
  readonly onChange: (changed: Partial<UsageView>) => void;
}

/** The groups of a range, the largest first. Each narrows the page to itself. */
export function GroupTable({ view, breakdown: { groups, total }, choices, onChange }: GroupTableProps) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const nameOf = useUsageNames(choices);
  const { by, narrowing } = view;
  const listed = groups.reduce((sum, { requests }) => sum + requests, 0n);
  return (
    <div className="max-h-120 overflow-y-auto">
      <Table label={t(`grouped.${by}`)}>
        <thead>
          <tr>
            <HeaderCell>{t(`by.${by}`)}</HeaderCell>
            <FigureHeaderCells />
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.value}>
              <Cell>
                <button
                  type="button"
                  className={`${linkClass} min-h-6`}
                  onClick={() => onChange({ narrowing: { ...narrowing, [by]: group.value } })}
                >
                  {nameOf(by, group.value)}
                </button>
              </Cell>
              <FigureCells of={group} />
            </tr>
          ))}
          <tr className="font-medium">
            <Cell>{t('sum')}</Cell>
            <FigureCells of={total} />
          </tr>
        </tbody>
      </Table>
      {listed < total.requests && (
        <p className="mt-2 text-caption text-ink-faint">
          {t('moreGroups', { listed: countText(groups.length, locale) })}
        </p>
      )}
    </div>
  );
}
