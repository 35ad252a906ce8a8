'use client';

import { defaultRatePercents, rates } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import type { PriceField, PriceForm } from '../price-form.ts';
import { PriceInput } from './price-input.tsx';

export interface RateFieldsProps {
  readonly form: PriceForm;
  readonly wrong: readonly PriceField[];
  readonly onChange: (form: PriceForm) => void;
}

/** What tokens cost at the rates that an upstream may answer at beside its standard. */
export function RateFields({ form, wrong, onChange }: RateFieldsProps) {
  const t = useTranslations('modelDesk.rate');
  return (
    <fieldset className="min-w-0">
      <legend className="text-small font-medium">{t('title')}</legend>
      <p className="mt-1 text-caption text-ink-faint">{t('hint')}</p>
      <div className="mt-3 grid grid-cols-2 gap-4 sm:grid-cols-3">
        {rates.map((rate) => (
          <PriceInput
            key={rate}
            label={t(rate)}
            value={form.rates[rate]}
            onChange={(text) => onChange({ ...form, rates: { ...form.rates, [rate]: text } })}
            error={wrong.includes(`rate.${rate}`) ? t('wrong') : undefined}
            placeholder={String(defaultRatePercents[rate])}
            isWhole
          />
        ))}
      </div>
    </fieldset>
  );
}
