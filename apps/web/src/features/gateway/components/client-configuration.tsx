'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '#ui/code-block.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { clientSnippets, placeholderKey } from '../client-snippets.ts';

export interface ClientConfigurationProps {
  readonly workerUrl: string;
  /** A secret that was just made; without one a placeholder stands in its place. */
  readonly apiKey?: string | undefined;
}

/** What to paste where, with the address this visitor reaches. */
export function ClientConfiguration({ workerUrl, apiKey }: ClientConfigurationProps) {
  const t = useTranslations('gateway');
  const snippets = clientSnippets({ workerUrl, apiKey: apiKey ?? placeholderKey });
  return (
    <Tabs
      label={t('clients')}
      items={snippets.map(({ id, blocks }) => ({
        id,
        label: t(`client.${id}`),
        content: (
          <div className="flex flex-col gap-3">
            {blocks.map(({ place, code }) => (
              <CodeBlock key={code} title={t(`place.${place}`)} code={code} />
            ))}
            <p className="text-small text-ink-soft">{t(`hint.${id}`)}</p>
          </div>
        ),
      }))}
    />
  );
}
