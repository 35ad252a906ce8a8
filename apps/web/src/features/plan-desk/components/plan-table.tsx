'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { LocalTime } from '#components/local-time.tsx';
import { moneyText } from '#components/money.ts';
import { useMay } from '#components/permissions.tsx';
import { MenuItem } from '#ui/menu.tsx';
import { RecordTable } from '#ui/record-table.tsx';
import { RowMenu } from '#ui/row-menu.tsx';
import { Status } from '#ui/status.tsx';
import { type DeskPlan, saleStateOf } from '../desk-plan.ts';
import { usePlanSwitch } from './use-plan-switch.ts';

export interface PlanTableProps {
  readonly plans: readonly DeskPlan[];
  /** When they were read: what is on sale then. */
  readonly readAt: number;
  readonly onEdit: (plan: DeskPlan) => void;
}

const tones = { onSale: 'good', off: 'quiet', soon: 'warn', over: 'quiet', free: 'quiet' } as const;

export function PlanTable({ plans, readAt, onEdit }: PlanTableProps) {
  const t = useTranslations('planDesk');
  const locale = useLocale();
  return (
    <RecordTable
      label={t('title')}
      rows={plans}
      columns={[
        { label: t('column.plan'), cell: (plan) => <PlanName plan={plan} /> },
        {
          label: t('column.state'),
          cell: (plan) => {
            const state = saleStateOf(plan, readAt);
            return <Status tone={tones[state]}>{t(`state.${state}`)}</Status>;
          },
        },
        {
          label: t('column.price'),
          cell: ({ amountMinor, currency }) => moneyText(amountMinor, currency, locale),
          numeric: true,
        },
        { label: t('column.tokens'), cell: ({ tokens }) => countText(tokens, locale), numeric: true },
        {
          label: t('column.bonus'),
          cell: ({ bonusTokens }) => (bonusTokens === 0n ? '–' : countText(bonusTokens, locale)),
          numeric: true,
        },
        { label: t('column.from'), cell: ({ activeFrom }) => (activeFrom ? <LocalTime at={activeFrom} /> : '–') },
        { label: t('column.until'), cell: ({ activeUntil }) => (activeUntil ? <LocalTime at={activeUntil} /> : '–') },
        { label: t('column.order'), cell: ({ displayOrder }) => displayOrder, numeric: true },
      ]}
      actions={{ label: t('column.actions'), of: (plan) => <PlanActions plan={plan} onEdit={() => onEdit(plan)} /> }}
    />
  );
}

function PlanName({ plan: { id, displayName, origin } }: { readonly plan: DeskPlan }) {
  const t = useTranslations('planDesk');
  return (
    <>
      <span className="font-medium">{displayName ?? id}</span>
      {displayName !== null && <code className="ml-2 font-mono text-caption text-ink-faint">{id}</code>}
      {origin === 'config' && <span className="ml-2 text-caption text-ink-faint">{t('fromFile')}</span>}
    </>
  );
}

function PlanActions({ plan, onEdit }: { readonly plan: DeskPlan; readonly onEdit: () => void }) {
  const t = useTranslations('planDesk');
  const mayManage = useMay('plan.manage');
  const { mutate: flip } = usePlanSwitch();
  const { id, enabled, displayName, origin } = plan;
  if (!mayManage || origin === 'config') return null;
  return (
    <RowMenu label={t('actionsOf', { name: displayName ?? id })}>
      <MenuItem onSelect={onEdit}>{t('edit')}</MenuItem>
      <MenuItem onSelect={() => flip({ id, enabled: !enabled })}>{enabled ? t('takeOff') : t('putOn')}</MenuItem>
    </RowMenu>
  );
}
