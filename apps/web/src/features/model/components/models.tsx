import { useTranslations } from 'next-intl';
import { SiteHead } from '#features/site/components/site-head.tsx';
import type { PublicModel } from '../public-model.ts';
import { Plaza } from './plaza.tsx';

/** The page of all models. Only what the list shows travels with it. */
export function Models({ models }: { readonly models: readonly PublicModel[] }) {
  const t = useTranslations('models');
  return (
    <div className="pb-20">
      <SiteHead title={t('title')} lead={t('lead')} />
      <Plaza
        models={models.map((model) => ({
          ...{ id: model.id, provider: model.provider, displayName: model.displayName },
          ...{ contextTokens: model.contextTokens, protocols: model.protocols, capabilities: model.capabilities },
          ...{ isAvailable: model.isAvailable, state: model.state, firstTokenP50Ms: model.firstTokenP50Ms },
          price: { input: model.price.input, output: model.price.output },
          cacheReadNanoUsd: model.price.cacheRead ?? model.price.input,
        }))}
      />
    </div>
  );
}
