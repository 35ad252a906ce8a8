'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, Select } from '#ui/field.tsx';
import { CrossIcon, GripIcon } from '#ui/icons.tsx';
import { useDragOrder } from '#ui/use-drag-order.ts';
import { moved } from '../fallback-chain.ts';
import type { DeskModel } from '../model-filter.ts';
import { useModelUpdate } from './use-model-update.ts';

const maxFallbacks = 10;

export interface FallbackEditorProps {
  readonly model: DeskModel;
  readonly known: readonly { readonly id: string; readonly displayName: string }[];
  readonly mayEdit: boolean;
}

/** The models that answer in a model's place, in their order: by dragging, or by the buttons. */
export function FallbackEditor({ model, known, mayEdit }: FallbackEditorProps) {
  const t = useTranslations('modelDesk');
  const update = useModelUpdate();
  const [chain, setChain] = useState(model.fallback);
  const list = useRef<HTMLOListElement>(null);
  const order = useDragOrder(list, (from, to) => setChain(moved(chain, from, to)));
  const isChanged = chain.join('\n') !== model.fallback.join('\n');
  const others = known.filter(({ id }) => id !== model.id && !chain.includes(id));
  return (
    <div className="max-w-2xl text-small">
      {chain.length === 0 && <p className="text-ink-soft">{t('fallback.none')}</p>}
      <ol ref={list} aria-label={t('fallback.title')} {...order.list}>
        {chain.map((id, index) => (
          <li
            key={id}
            className={`flex min-h-11 items-center gap-3 border-b border-rule ${order.dragged === index ? 'bg-sunken' : ''}`}
          >
            {mayEdit && (
              <span
                {...order.handleOf(index)}
                data-testid="grip"
                title={t('fallback.drag')}
                className="grid size-9 shrink-0 cursor-grab touch-none place-items-center text-ink-faint active:cursor-grabbing max-md:size-11"
              >
                <GripIcon />
              </span>
            )}
            <span className="w-5 text-right font-mono text-ink-faint tabular-nums">{index + 1}</span>
            <span className="min-w-0 flex-1 break-all font-mono">{id}</span>
            {mayEdit && (
              <>
                <Button
                  look="quiet"
                  aria-label={t('fallback.up', { model: id })}
                  disabled={index === 0}
                  onClick={() => setChain(moved(chain, index, index - 1))}
                >
                  ↑
                </Button>
                <Button
                  look="quiet"
                  aria-label={t('fallback.down', { model: id })}
                  disabled={index === chain.length - 1}
                  onClick={() => setChain(moved(chain, index, index + 1))}
                >
                  ↓
                </Button>
                <Button
                  look="quiet"
                  aria-label={t('fallback.remove', { model: id })}
                  onClick={() => setChain(chain.filter((one) => one !== id))}
                >
                  <CrossIcon />
                </Button>
              </>
            )}
          </li>
        ))}
      </ol>
      {mayEdit && (
        <div className="mt-4 flex flex-wrap items-end gap-3">
          <Field label={t('fallback.add')} className="min-w-60 flex-1">
            <Select
              value=""
              disabled={chain.length >= maxFallbacks}
              onChange={({ target }) => target.value && setChain([...chain, target.value])}
            >
              <option value="">{t('fallback.choose')}</option>
              {others.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </Select>
          </Field>
          <Button
            look="primary"
            disabled={!isChanged}
            busy={update.isPending}
            onClick={() => update.mutate({ modelId: model.id, fallback: [...chain] })}
          >
            {t('fallback.save')}
          </Button>
        </div>
      )}
    </div>
  );
}
