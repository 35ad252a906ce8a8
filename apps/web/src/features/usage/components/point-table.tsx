'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { startText } from '../usage-range.ts';
import type { Grouping } from '../usage-view.ts';
import { FigureCells, FigureHeaderCells } from './figure-cells.tsx';

export interface PointTableProps {
  readonly points: ApiOutput['usage']['breakdown']['points'];
  readonly by: Grouping;
  readonly nameOf: (value: string | null) => string;
}

/** The chart's figures, exact, the latest first. */
export function PointTable({ points, by, nameOf }: PointTableProps) {
  const t = useTranslations('usage');
  return (
    <div className="max-h-96 overflow-y-auto">
      <Table label={t('pointsLabel')}>
        <thead>
          <tr>
            <HeaderCell>{t('column.start')}</HeaderCell>
            <HeaderCell>{t(`by.${by}`)}</HeaderCell>
            <FigureHeaderCells />
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map((point) => (
            <tr key={`${point.start} ${point.value}`}>
              <Cell className="font-mono">{startText(point.start)}</Cell>
              <Cell>{nameOf(point.value)}</Cell>
              <FigureCells of={point} />
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
