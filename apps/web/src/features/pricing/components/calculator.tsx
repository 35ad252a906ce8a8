'use client';

import { listBasisPoints, type Price } from '@ai-bridge/domain';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { countText, usdText } from '#components/amounts.ts';
import { Choice } from '#components/choice.tsx';
import { moneyText } from '#components/money.ts';
import { replaceQuery } from '#components/replace-query.ts';
import { Button } from '#ui/button.tsx';
import { type Habit, type HabitName, habitBounds, habitName, habits, howLong, readHabit } from '../calculator.ts';
import { HabitFields } from './habit-fields.tsx';
import { Result } from './result.tsx';

export interface CalculatorProps {
  /** Plans, and the least amount at list price, which has no name. */
  readonly credits: readonly {
    readonly id: string;
    readonly name: string | undefined;
    readonly creditNanoUsd: bigint;
    readonly amountMinor: bigint;
    readonly currency: string;
  }[];
  readonly groups: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly multiplierBasisPoints: number;
  }[];
  readonly models: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly provider: string;
    readonly price: Price;
  }[];
  readonly firstModelId: string | undefined;
}

/** Plan x model x habit: how long it lasts. All of it is in the address, and without scripts the form asks the server. */
export function Calculator({ credits, groups, models, firstModelId }: CalculatorProps) {
  const t = useTranslations('pricing.calculator');
  const locale = useLocale();
  const query = useSearchParams();
  const [planId, setPlanId] = useState(query.get('plan') ?? '');
  const [modelId, setModelId] = useState(query.get('model') ?? firstModelId ?? '');
  const [groupId, setGroupId] = useState(query.get('group') ?? '');
  const [habit, setHabit] = useState(() => readHabit(query));

  const credit = credits.find(({ id }) => id === planId) ?? credits[0];
  const model = models.find(({ id }) => id === modelId) ?? models[0];
  const group = groups.find(({ id }) => id === groupId) ?? groups[0];
  const hasMultipliers = groups.some(({ multiplierBasisPoints }) => multiplierBasisPoints !== listBasisPoints);
  if (!credit || !model) return <p className="text-small text-ink-soft">{t('nothing')}</p>;

  function keep(next: { plan?: string; model?: string; group?: string; habit?: Habit }) {
    const { plan = planId, model: of = modelId, group: its = groupId, habit: how = habit } = next;
    setPlanId(plan);
    setModelId(of);
    setGroupId(its);
    setHabit(how);
    const numbers = Object.entries(habitBounds).map(([field, { name }]) => [name, String(how[field as keyof Habit])]);
    replaceQuery(
      new URLSearchParams([
        ...(plan ? [['plan', plan]] : []),
        ['model', of],
        ...(its ? [['group', its]] : []),
        ...numbers,
      ]),
    );
  }

  const multiplierBasisPoints = group?.multiplierBasisPoints ?? listBasisPoints;
  const lasting = howLong(credit.creditNanoUsd, model.price, habit, { multiplierBasisPoints, forgivenTokens: 0 });
  return (
    <form method="get" className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid content-start gap-x-5 gap-y-4 sm:grid-cols-2">
        <Choice
          label={t('plan')}
          name="plan"
          value={credit.id}
          onChange={(plan) => keep({ plan })}
          options={credits.map(({ id, name, amountMinor, currency }) => {
            const price = moneyText(amountMinor, currency, locale);
            return { value: id, label: name ? `${name} · ${price}` : t('ownAmount', { price }) };
          })}
        />
        <Choice
          label={t('model')}
          name="model"
          value={model.id}
          onChange={(next) => keep({ model: next })}
          options={models.map(({ id, displayName }) => ({ value: id, label: displayName }))}
        />
        {hasMultipliers && (
          <Choice
            label={t('group')}
            name="group"
            value={group?.id ?? ''}
            onChange={(next) => keep({ group: next })}
            options={groups.map(({ id, displayName }) => ({ value: id, label: displayName }))}
          />
        )}
        <fieldset aria-label={t('habits')} className="flex flex-wrap items-center gap-2 sm:col-span-2">
          {(Object.keys(habits) as HabitName[]).map((name) => (
            <Button
              key={name}
              aria-pressed={name === habitName(habit)}
              onClick={() => keep({ habit: habits[name] })}
              className="aria-pressed:border-ink aria-pressed:bg-sunken"
            >
              {t(`habit.${name}`)}
            </Button>
          ))}
        </fieldset>
        <HabitFields habit={habit} onChange={(next) => keep({ habit: next })} />
        <noscript>
          <Button type="submit">{t('submit')}</Button>
        </noscript>
      </div>
      <Result
        lasting={lasting}
        usd={(amount) => usdText(amount, locale)}
        count={(of) => countText(of, locale)}
        requestsPerDay={habit.requestsPerDay}
      />
    </form>
  );
}
