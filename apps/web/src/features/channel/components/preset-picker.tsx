'use client';

import { useTranslations } from 'next-intl';
import type { Choices } from '../test-model.ts';

type Preset = Choices['presets'][number];

export interface PresetPickerProps {
  readonly presets: readonly Preset[];
  readonly chosen: Preset['id'];
  readonly onChange: (preset: Preset) => void;
}

/** One provider of those that are known, all in sight; arrow keys move the choice. */
export function PresetPicker({ presets, chosen, onChange }: PresetPickerProps) {
  const t = useTranslations('channels');
  return (
    <fieldset>
      <legend className="mb-1.5 text-small font-medium">{t('field.preset')}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {presets.map((preset) => (
          <label
            key={preset.id}
            className="flex min-h-9 cursor-pointer items-center rounded-control border border-rule-strong px-3 text-small hover:bg-sunken has-checked:border-ink has-checked:bg-ink has-checked:text-paper has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-sm:min-h-11"
          >
            <input
              type="radio"
              name="preset"
              value={preset.id}
              checked={preset.id === chosen}
              onChange={() => onChange(preset)}
              className="sr-only"
            />
            {preset.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
