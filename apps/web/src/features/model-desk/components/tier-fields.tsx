'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { type PriceField, type PriceForm, type TierForm, tokenKinds, withTier } from '../price-form.ts';
import { PriceInput } from './price-input.tsx';

export interface TierFieldsProps {
  readonly form: PriceForm;
  readonly wrong: readonly PriceField[];
  readonly onChange: (form: PriceForm) => void;
}

/** What long prompts cost: a size and the prices that are others above it. */
export function TierFields({ form, wrong, onChange }: TierFieldsProps) {
  const t = useTranslations('modelDesk.tier');
  const { tiers } = form;
  const edit = (changed: TierForm) =>
    onChange({ ...form, tiers: tiers.map((tier) => (tier.key === changed.key ? changed : tier)) });
  const remove = (key: number) => onChange({ ...form, tiers: tiers.filter((tier) => tier.key !== key) });
  return (
    <fieldset className="min-w-0">
      <legend className="text-small font-medium">{t('title')}</legend>
      <p className="mt-1 text-caption text-ink-faint">{t('hint')}</p>
      {tiers.map((tier, index) => (
        <Tier
          key={tier.key}
          tier={tier}
          number={index + 1}
          wrong={wrong}
          onChange={edit}
          onRemove={() => remove(tier.key)}
        />
      ))}
      <Button className="mt-3" onClick={() => onChange(withTier(form))}>
        {t('add')}
      </Button>
    </fieldset>
  );
}

interface TierProps {
  readonly tier: TierForm;
  readonly number: number;
  readonly wrong: readonly PriceField[];
  readonly onChange: (tier: TierForm) => void;
  readonly onRemove: () => void;
}

function Tier({ tier, number, wrong, onChange, onRemove }: TierProps) {
  const t = useTranslations('modelDesk');
  const isWrong = (name: 'tokens' | 'kinds' | (typeof tokenKinds)[number]) =>
    wrong.includes(`tier.${tier.key}.${name}`);
  return (
    <section aria-label={t('tier.name', { number })} className="mt-3 border-l-2 border-rule pl-3">
      <div className="grid gap-4 sm:grid-cols-3">
        <PriceInput
          label={t('tier.tokens')}
          value={tier.tokens}
          onChange={(tokens) => onChange({ ...tier, tokens })}
          error={isWrong('tokens') ? t('tier.wrongTokens') : undefined}
          placeholder="200000"
          isWhole
        />
        {tokenKinds.map((kind) => (
          <PriceInput
            key={kind}
            label={t(`kind.${kind}`)}
            value={tier[kind]}
            onChange={(text) => onChange({ ...tier, [kind]: text })}
            error={isWrong(kind) ? t('tier.wrongPrice') : undefined}
          />
        ))}
      </div>
      {isWrong('kinds') && (
        <p role="alert" className="mt-2 text-caption text-bad">
          {t('tier.wrongKinds')}
        </p>
      )}
      <Button look="quiet" className="mt-2" onClick={onRemove} aria-label={t('tier.removeOf', { number })}>
        {t('tier.remove')}
      </Button>
    </section>
  );
}
