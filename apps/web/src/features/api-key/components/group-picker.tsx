'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';

export type OfferedGroup = ApiOutput['apiKey']['groups'][number];

export interface GroupPickerProps {
  readonly groups: readonly OfferedGroup[];
  readonly chosen: string;
  readonly onChange: (group: OfferedGroup) => void;
}

/** One of the groups on offer, with what each charges and how many models it sees; arrow keys move the choice. */
export function GroupPicker({ groups, chosen, onChange }: GroupPickerProps) {
  const t = useTranslations('keys');
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-small font-medium">{t('form.group')}</legend>
      <div className="flex flex-col gap-2">
        {groups.map((group) => (
          <label
            key={group.id}
            className="flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 rounded-control border border-rule-strong px-3 py-1 text-small hover:bg-sunken has-checked:border-ink has-checked:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent max-sm:min-h-11"
          >
            <input
              type="radio"
              name="group"
              value={group.id}
              checked={group.id === chosen}
              onChange={() => onChange(group)}
              className="accent-ink"
            />
            <span className="min-w-0 grow font-medium wrap-anywhere">{group.displayName}</span>
            <span className="text-ink-soft">{t('form.groupModels', { count: group.models.length })}</span>
            <span className="font-mono text-ink-soft">{`× ${group.multiplier}`}</span>
          </label>
        ))}
      </div>
      <p className="mt-1.5 text-caption text-ink-faint">{t('form.groupHint')}</p>
    </fieldset>
  );
}
