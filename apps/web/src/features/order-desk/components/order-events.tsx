'use client';

import { useTranslations } from 'next-intl';
import { LocalTime } from '#components/local-time.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { OrderPage } from '../order-page.ts';

const tones = { received: 'warn', applied: 'good', set_aside: 'quiet', failed: 'bad' } as const;

/** What the payment provider told of an order, and what came of it. */
export function OrderEvents({ events, provider }: Pick<OrderPage, 'events' | 'provider'>) {
  const t = useTranslations('orderDesk');
  if (events.length === 0) {
    return <p className="text-small text-ink-soft">{t(provider === 'sandbox' ? 'event.sandbox' : 'event.none')}</p>;
  }
  return (
    <Table label={t('section.events')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.time')}</HeaderCell>
          <HeaderCell>{t('column.event')}</HeaderCell>
          <HeaderCell>{t('column.state')}</HeaderCell>
          <HeaderCell>{t('column.id')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {events.map(({ id, type, state, occurredAt, error }) => (
          <tr key={id}>
            <Cell>
              <LocalTime at={occurredAt} precision="second" />
            </Cell>
            <Cell className="font-mono">{type}</Cell>
            <Cell>
              <Status tone={tones[state]}>{t(`event.${state}`)}</Status>
              {error && <span className="ml-2 text-caption text-bad">{error}</span>}
            </Cell>
            <Cell className="font-mono text-caption text-ink-faint">{id}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
