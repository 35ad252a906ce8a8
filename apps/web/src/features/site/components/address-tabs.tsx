import { useTranslations } from 'next-intl';
import { clientSnippets, placeholderKey } from '#features/gateway/client-snippets.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Tabs } from '#ui/tabs.tsx';

/** What is short enough for the first screen, one block each. */
const shown = ['claude-code', 'openai-sdk', 'curl'] as const;

/** The real address in each tool's own words, to be pasted. */
export function AddressTabs({ workerUrl }: { readonly workerUrl: string }) {
  const t = useTranslations('gateway');
  const snippets = clientSnippets({ workerUrl, apiKey: placeholderKey });
  return (
    <Tabs
      label={t('clients')}
      items={shown.map((id) => ({
        id,
        label: t(`client.${id}`),
        content: snippets
          .filter((snippet) => snippet.id === id)
          .flatMap(({ blocks }) =>
            blocks.map(({ place, code }) => (
              <div key={code} className="[&_pre]:h-36">
                <CodeBlock title={t(`place.${place}`)} code={code} />
              </div>
            )),
          ),
      }))}
    />
  );
}
