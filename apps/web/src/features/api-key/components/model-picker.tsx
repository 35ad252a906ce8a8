'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { controlClass } from '#ui/control-class.ts';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';

export interface ModelPickerProps {
  /** Undefined: every model there is. */
  readonly offered?: readonly string[] | undefined;
  readonly chosen: readonly string[];
  readonly onChange: (models: readonly string[]) => void;
}

/** Chooses models by their ids; none chosen means all. */
export function ModelPicker({ offered, chosen, onChange }: ModelPickerProps) {
  const t = useTranslations('keys');
  const failure = useFailure();
  const [filter, setFilter] = useState('');
  const models = api.model.list.useQuery({});
  const labelId = useId();
  const wanted = filter.trim().toLowerCase();
  const shown = models.data?.filter(
    ({ id, displayName }) => (offered?.includes(id) ?? true) && `${id} ${displayName}`.toLowerCase().includes(wanted),
  );

  function toggle(id: string, on: boolean) {
    onChange(on ? [...chosen, id] : chosen.filter((model) => model !== id));
  }

  return (
    <fieldset aria-labelledby={labelId} className="min-w-0">
      <div className="flex items-baseline justify-between gap-3">
        <span id={labelId} className="text-small font-medium">
          {t('form.models')}
        </span>
        <span className="text-caption text-ink-faint" aria-live="polite">
          {chosen.length === 0 ? t('allModels') : t('form.modelsChosen', { count: chosen.length })}
        </span>
      </div>
      {models.error && <ErrorState {...failure(models.error)} onRetry={() => models.refetch()} />}
      <input
        type="search"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        aria-label={t('form.modelFilter')}
        placeholder={t('form.modelFilter')}
        className={`${controlClass} mt-1.5`}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div tabIndex={0} className="mt-1.5 h-36 overflow-y-auto rounded-control border border-rule px-3 py-1.5">
        {models.isPending && <SkeletonRows rows={4} className="h-7" />}
        {shown?.length === 0 && <p className="text-small text-ink-faint">{t('form.noModel')}</p>}
        {shown?.map(({ id }) => (
          <Checkbox key={id} checked={chosen.includes(id)} onChange={(on) => toggle(id, on)}>
            <span className="font-mono break-all">{id}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
