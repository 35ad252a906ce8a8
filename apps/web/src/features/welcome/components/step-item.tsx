'use client';

import type { WelcomeStep } from '@ai-bridge/catalog';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { CheckIcon } from '#ui/icons.tsx';
import { Status } from '#ui/status.tsx';
import type { Welcome } from '../welcome.ts';
import { useSkip } from './use-skip.ts';

export interface StepItemProps {
  readonly number: number;
  readonly step: WelcomeStep;
  readonly state: Welcome['steps'][number]['state'];
  readonly children: ReactNode;
}

/** One step: open if it is to be done when the page comes, and as it was left from then on: what came of it is not folded away. */
export function StepItem({ number, step, state, children }: StepItemProps) {
  const t = useTranslations('welcome');
  const skip = useSkip();
  const id = useId();
  const [isOpen, setIsOpen] = useState(state === 'open');
  const isDone = state === 'done';
  return (
    <li aria-labelledby={id} className="border-b border-rule py-4 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span
          aria-hidden="true"
          className={`flex size-6 shrink-0 items-center justify-center rounded-full border font-mono text-caption ${isDone ? 'border-good text-good' : 'border-rule-strong'}`}
        >
          {isDone ? <CheckIcon /> : number}
        </span>
        <h2 id={id} className="grow text-lead font-semibold tracking-tight">
          {t(`step.${step}`)}
        </h2>
        <Status tone={isDone ? 'good' : state === 'open' ? 'warn' : 'quiet'}>{t(`state.${state}`)}</Status>
        <Button look="quiet" aria-expanded={isOpen} aria-controls={`${id}-body`} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? 'fold' : 'unfold')}
          <span className="sr-only">{`: ${t(`step.${step}`)}`}</span>
        </Button>
      </div>
      {isOpen && (
        <div id={`${id}-body`} className="mt-3 flex flex-col gap-4 sm:pl-9">
          {children}
          {!isDone && (
            <div>
              <Button
                look="quiet"
                busy={skip.isPending}
                onClick={() =>
                  skip.mutate({ step, isSkipped: state === 'open' }, { onSuccess: () => setIsOpen(state !== 'open') })
                }
              >
                {t(state === 'open' ? 'skip' : 'resume')}
              </Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}
