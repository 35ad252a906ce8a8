'use client';

import { useTranslations } from 'next-intl';
import { UsageChart } from '#features/usage/components/usage-chart.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { Fact } from '#ui/fact.tsx';
import { Figure } from '#ui/figure.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Status } from '#ui/status.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { Twin } from '#ui/twin.tsx';
import { Verbatim } from '#ui/verbatim.tsx';

const rows = [
  { id: 'gpt-4o', tokens: '128,000', tone: 'good' },
  { id: 'claude-sonnet-5-5', tokens: '1,000,000', tone: 'warn' },
  { id: 'gemini-2.5-pro', tokens: '1,048,576', tone: 'bad' },
  { id: 'o3', tokens: '200,000', tone: 'quiet' },
] as const;
const points = [3, 5, 4, 8, 6, 9, 7].map((height, day) => ({
  start: `2026-11-${15 + day}`,
  heights: [height, height / 2],
}));

/** What is read: tables, figures, code, a chart with its table twin. */
export function KitData() {
  const t = useTranslations('kit');
  const table = (
    <RecordTable
      label={t('table')}
      rows={rows}
      columns={[
        { label: t('column.id'), cell: ({ id }) => <code className="font-mono">{id}</code> },
        { label: t('column.state'), cell: ({ tone }) => <Status tone={tone}>{t(`tone.${tone}`)}</Status> },
        { label: t('column.tokens'), cell: ({ tokens }) => tokens, numeric: true },
      ]}
      actions={{
        label: t('menu'),
        of: ({ id }) => (
          <RowMenu label={t('actionsFor', { id })}>
            <MenuItem>{t('look.plain')}</MenuItem>
          </RowMenu>
        ),
      }}
    />
  );
  return (
    <div className="flex flex-col gap-8">
      <dl className="grid gap-6 sm:grid-cols-3">
        <Figure label={t('figure')} value="1,204,500" unit={t('column.tokens')} note="$1.20" size="large" />
        <Figure label={t('figureSmall')} value="312" unit="ms" />
        <Figure label={t('figureAwaited')} value={undefined} />
      </dl>
      {table}
      <Twin
        label={t('chart')}
        chart={<UsageChart label={t('chart')} names={['gpt-4o', 'o3']} points={points} />}
        table={table}
      />
      <Tabs
        label={t('tabs')}
        items={['curl', 'Python'].map((id) => ({
          id,
          label: id,
          content: <CodeBlock title={id} code={`${id} --version`} />,
        }))}
      />
      <dl className="max-w-md text-small">
        <Fact label={t('column.id')}>gpt-4o</Fact>
        <Fact label={t('column.tokens')}>128,000</Fact>
      </dl>
      <Verbatim text={'{"error":{"type":"overloaded_error"}}'} />
    </div>
  );
}
