'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';
import type { Judgement } from '../judgement.ts';

const tones = { fine: 'good', look: 'warn', act: 'bad' } as const;

/** How something does, in a word. */
export function JudgementWord({ judgement }: { readonly judgement: Judgement }) {
  const t = useTranslations('operations.judgement');
  return <Status tone={tones[judgement]}>{t(judgement)}</Status>;
}
