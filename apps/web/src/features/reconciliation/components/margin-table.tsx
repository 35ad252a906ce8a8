'use client';

import { useLocale, useTranslations } from 'next-intl';
import { percentText, usdText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { classNames } from '#ui/class-names.ts';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

interface MarginRowProps extends Omit<ApiOutput['reconciliation']['margins']['total'], 'uncostedNanoUsd'> {
  /** The day or the model. */
  readonly name: string;
  /** On how many days, or of how many models, it was sold below cost. */
  readonly lossText: string;
}

export interface MarginTableProps {
  readonly title: string;
  /** What a row is of. */
  readonly what: string;
  readonly rows: readonly MarginRowProps[];
}

/** Revenue, cost and margin, a row for each day or model. */
export function MarginTable({ title, what, rows }: MarginTableProps) {
  const t = useTranslations('reconciliation.margin');
  return (
    <div>
      <h3 className="mb-2 text-small font-medium">{title}</h3>
      <Table label={title}>
        <thead>
          <tr>
            <HeaderCell>{what}</HeaderCell>
            <HeaderCell numeric>{t('revenue')}</HeaderCell>
            <HeaderCell numeric>{t('cost')}</HeaderCell>
            <HeaderCell numeric>{t('margin')}</HeaderCell>
            <HeaderCell numeric>{t('share')}</HeaderCell>
            <HeaderCell>{t('losses')}</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MarginRow key={row.name} {...row} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function MarginRow(props: MarginRowProps) {
  const t = useTranslations('reconciliation.margin');
  const locale = useLocale();
  const { name, chargeNanoUsd, costNanoUsd, marginNanoUsd, marginBasisPoints, losses, lossText } = props;
  const isLoss = marginNanoUsd !== null && marginNanoUsd < 0n;
  const usd = (amountNanoUsd: bigint | null) =>
    amountNanoUsd === null ? t('unknown') : usdText(amountNanoUsd, locale);
  return (
    <tr>
      <Cell className="font-mono">{name}</Cell>
      <Cell numeric>{usd(chargeNanoUsd)}</Cell>
      <Cell numeric>{usd(costNanoUsd)}</Cell>
      <Cell numeric className={classNames(isLoss && 'text-bad')}>
        {usd(marginNanoUsd)}
      </Cell>
      <Cell numeric className={classNames(isLoss && 'text-bad')}>
        {marginBasisPoints === null ? '–' : percentText(marginBasisPoints, locale)}
      </Cell>
      <Cell>{losses > 0 && <Status tone="bad">{lossText}</Status>}</Cell>
    </tr>
  );
}
