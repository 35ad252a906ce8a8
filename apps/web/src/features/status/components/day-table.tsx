'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Disclosure } from '#ui/disclosure.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { modelDays } from '../model-days.ts';
import { shareText } from '../share-text.ts';
import type { ModelProps } from './model-status.ts';
import { stateTones } from './state-tones.ts';

/** The bars as figures, latest first; days without traffic are left out. */
export function DayTable({ model, firstDay }: ModelProps) {
  const t = useTranslations('status');
  const locale = useLocale();
  const days = modelDays(model.days, firstDay).reverse();
  return (
    <div className="mt-3 max-w-md">
      <Disclosure label={t('days.table')}>
        <Table label={t('days.tableOf', { model: model.model, provider: model.provider })}>
          <thead>
            <tr>
              <HeaderCell>{t('days.dayColumn')}</HeaderCell>
              <HeaderCell>{t('days.stateColumn')}</HeaderCell>
              <HeaderCell numeric>{t('days.shareColumn')}</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {days.map(
              ({ day, availability, state }) =>
                availability !== null && (
                  <tr key={day}>
                    <Cell className="font-mono">{day}</Cell>
                    <Cell>
                      <Status tone={stateTones[state]}>{t(`state.${state}`)}</Status>
                    </Cell>
                    <Cell numeric>{shareText(availability, locale)}</Cell>
                  </tr>
                ),
            )}
          </tbody>
        </Table>
      </Disclosure>
    </div>
  );
}
