import { useTranslations } from 'next-intl';
import { BackLink } from '#components/back-link.tsx';
import { Copyable } from '#components/copyable.tsx';
import { modelSnippets } from '#features/gateway/model-snippets.ts';
import { SiteHead } from '#features/site/components/site-head.tsx';
import { stateTones } from '#features/status/components/state-tones.ts';
import { CodeBlock } from '#ui/code-block.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { Tabs } from '#ui/tabs.tsx';
import type { ModelView } from '../server/read-model.ts';
import { FallbackChain } from './fallback-chain.tsx';
import { ModelFacts } from './model-facts.tsx';
import { ModelHistory } from './model-history.tsx';
import { ModelPrices } from './model-prices.tsx';

/** All that is known of one model, and how to ask it. */
export function Model({ view }: { readonly view: ModelView }) {
  const t = useTranslations('models');
  const states = useTranslations('status.state');
  const { model, chain, statuses, firstDay, groups, workerUrl } = view;
  return (
    <div className="pb-20">
      <SiteHead title={model.displayName}>
        <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
          <Copyable text={model.id} what={model.id} />
          {model.protocols.length === 0 ? (
            <Status tone="quiet">{t('notServed')}</Status>
          ) : (
            <Status tone={stateTones[model.state]}>{states(model.state)}</Status>
          )}
        </div>
      </SiteHead>
      <div className="grid grid-cols-1 gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0">
          <Section title={t('prices')}>
            <ModelPrices model={model} groups={groups} />
          </Section>
        </div>
        <div className="min-w-0">
          <Section title={t('facts')}>
            <ModelFacts model={model} />
          </Section>
        </div>
      </div>
      <Section title={t('use')}>
        <Tabs
          label={t('use')}
          items={modelSnippets({ workerUrl, model: model.id, provider: model.provider }).map(({ id, title, code }) => ({
            id,
            label: title,
            content: <CodeBlock title={title} code={code} />,
          }))}
        />
        <p className="mt-3 text-small text-ink-soft">{t('anyProtocol')}</p>
      </Section>
      <Section title={t('chain.title')}>
        <FallbackChain chain={chain} />
      </Section>
      <Section title={t('history')}>
        <ModelHistory statuses={statuses} firstDay={firstDay} />
      </Section>
      <div className="mt-10">
        <BackLink href="/models">{t('title')}</BackLink>
      </div>
    </div>
  );
}
