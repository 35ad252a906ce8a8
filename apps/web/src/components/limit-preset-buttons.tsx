'use client';

import type { Limits } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { limitPresetNames, limitPresets } from './limit-presets.ts';

export interface LimitPresetButtonsProps {
  readonly onChoose: (limits: Limits) => void;
}

/** Fills the limits of a form in; nothing is saved by it. */
export function LimitPresetButtons({ onChoose }: LimitPresetButtonsProps) {
  const t = useTranslations('limitPresets');
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
      <legend className="mb-1.5 text-caption text-ink-faint">{t('label')}</legend>
      {limitPresetNames.map((name) => (
        <Button key={name} onClick={() => onChoose(limitPresets[name])}>
          {t(`name.${name}`)}
        </Button>
      ))}
    </fieldset>
  );
}
