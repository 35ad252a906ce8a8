'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PageHead, Section } from '#ui/section.tsx';
import { KitActions } from './kit-actions.tsx';
import { KitData } from './kit-data.tsx';
import { KitInputs } from './kit-inputs.tsx';
import { KitStates } from './kit-states.tsx';
import { KitTokens } from './kit-tokens.tsx';

/** Every token and every piece of the interface in each of its states, to look at side by side. */
export function Kit() {
  const t = useTranslations('kit');
  const parts: readonly (readonly [Parameters<typeof t>[0], ReactNode])[] = [
    ['tokens', <KitTokens key="tokens" />],
    ['actions', <KitActions key="actions" />],
    ['inputs', <KitInputs key="inputs" />],
    ['data', <KitData key="data" />],
    ['states', <KitStates key="states" />],
  ];
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {parts.map(([name, part]) => (
        <Section key={name} title={t(name)}>
          {part}
        </Section>
      ))}
    </>
  );
}
