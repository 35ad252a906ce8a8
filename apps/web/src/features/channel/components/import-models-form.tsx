'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import type { ApiOutput } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { controlClass } from '#ui/control-class.ts';
import { DialogActions } from '#ui/dialog.tsx';
import { ErrorState } from '#ui/states.tsx';
import type { Channel } from '../channel-filter.ts';
import { modelsForm, withRows } from '../model-rows.ts';
import { suggestPublicId } from '../suggest-public-id.ts';
import type { Choices } from '../test-model.ts';
import { useSaveModels } from './use-save-models.ts';

type Result = Extract<ApiOutput['channel']['modelsResult'], { status: 'done' }>['result'];

/** Longer lists are narrowed by typing. */
const maxShown = 200;

export interface ImportModelsFormProps {
  readonly channel: Channel;
  readonly result: Result;
  readonly choices: Choices;
  readonly onDone: () => void;
}

/** The upstream's models with a tick and a public id each; what the channel serves already is ticked. */
export function ImportModelsForm({ channel, result, choices, onDone }: ImportModelsFormProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const listId = useId();
  const known = choices.models.map(({ id }) => id);
  const [filter, setFilter] = useState('');
  const [publicIds, setPublicIds] = useState<ReadonlyMap<string, string>>(() => servedHere(channel, result));
  const { save, error, isSaving } = useSaveModels(channel, onDone);
  const wanted = filter.trim().toLowerCase();
  const matching = result.models.filter(({ id, displayName }) =>
    `${id} ${displayName ?? ''}`.toLowerCase().includes(wanted),
  );
  const shown = matching.slice(0, maxShown);
  const suggested = (id: string) => suggestPublicId(id, known) ?? id;

  function choose(ids: readonly string[], on: boolean) {
    const next = new Map(publicIds);
    for (const id of ids) {
      if (!on) next.delete(id);
      else if (!next.has(id)) next.set(id, suggested(id));
    }
    setPublicIds(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const rows = [...publicIds].map(([upstreamId, publicId]) => ({
      publicId: publicId.trim() || upstreamId,
      upstreamId,
    }));
    save(withRows({ servesAll: false, rows: elsewhere(channel, result) }, rows));
  }

  if (result.models.length === 0) return <p className="text-small text-ink-soft">{t('models.empty')}</p>;
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <input
        type="search"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        aria-label={t('models.filter')}
        placeholder={t('models.filter')}
        className={controlClass}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          onClick={() =>
            choose(
              shown.map(({ id }) => id),
              true,
            )
          }
        >
          {t('models.selectAll')}
        </Button>
        <Button
          onClick={() =>
            choose(
              matching.map(({ id }) => id).filter((id) => known.includes(suggested(id))),
              true,
            )
          }
        >
          {t('models.selectKnown')}
        </Button>
        <span className="ml-auto text-caption text-ink-faint" aria-live="polite">
          {t('models.selected', { count: publicIds.size })}
        </span>
      </div>
      <datalist id={listId}>
        {known.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <ul className="max-h-80 overflow-y-auto border-y border-rule py-1">
        {shown.map(({ id, displayName }) => {
          const publicId = publicIds.get(id);
          return (
            <li key={id} className="py-0.5">
              <Checkbox checked={publicId !== undefined} onChange={(on) => choose([id], on)}>
                <span className="font-mono break-all">{id}</span>
                {displayName && <span className="text-ink-faint"> {displayName}</span>}
              </Checkbox>
              {publicId !== undefined && (
                <div className="mb-1 ml-7">
                  <input
                    value={publicId}
                    onChange={(event) => setPublicIds(new Map(publicIds).set(id, event.target.value))}
                    list={listId}
                    aria-label={`${t('models.public')} ${id}`}
                    className={`${controlClass} font-mono`}
                  />
                  {!known.includes(publicId) && <span className="text-caption text-warn">{t('models.unknown')}</span>}
                </div>
              )}
            </li>
          );
        })}
        {shown.length === 0 && <li className="text-small text-ink-faint">{t('models.none')}</li>}
      </ul>
      {(result.isCut || matching.length > shown.length) && (
        <p className="text-caption text-ink-faint">{t('models.cut')}</p>
      )}
      {error && <ErrorState {...failure(error)} />}
      <DialogActions>
        <Button onClick={onDone}>{t('cancel')}</Button>
        <Button type="submit" look="primary" busy={isSaving} disabled={publicIds.size === 0}>
          {t('models.use', { count: publicIds.size })}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Upstream id -> public id of what the channel serves already and the upstream lists. */
function servedHere(channel: Channel, { models }: Result): ReadonlyMap<string, string> {
  const listed = new Set(models.map(({ id }) => id));
  const rows = modelsForm(channel.models).rows.filter(({ upstreamId }) => listed.has(upstreamId));
  return new Map(rows.map(({ publicId, upstreamId }) => [upstreamId, publicId]));
}

/** What the channel serves besides: the upstream does not list it, and no tick stands for it. */
function elsewhere(channel: Channel, { models }: Result) {
  const listed = new Set(models.map(({ id }) => id));
  return modelsForm(channel.models).rows.filter(({ upstreamId }) => !listed.has(upstreamId));
}
