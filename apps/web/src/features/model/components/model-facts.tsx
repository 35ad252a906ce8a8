import { modelInputs } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import { providerName } from '#features/site/tools.ts';
import { Fact } from '#ui/fact.tsx';
import type { PublicModel } from '../public-model.ts';

/** What the model is, apart from its price. */
export function ModelFacts({ model }: { readonly model: PublicModel }) {
  const t = useTranslations('models.fact');
  const filter = useTranslations('models.filter');
  const locale = useLocale();
  const tokens = (count: number | undefined) =>
    count === undefined ? '–' : t('tokens', { count: countText(count, locale) });
  const { provider, contextTokens, maxOutputTokens, aliases, protocols, capabilities, takes } = model;
  const refused = modelInputs.filter((input) => takes[input] === false);
  return (
    <dl className="text-small">
      <Fact label={t('provider')}>{providerName(provider)}</Fact>
      <Fact label={t('context')}>
        <span className="font-mono tabular-nums">{tokens(contextTokens)}</span>
      </Fact>
      <Fact label={t('output')}>
        <span className="font-mono tabular-nums">{tokens(maxOutputTokens)}</span>
      </Fact>
      {aliases.length > 0 && (
        <Fact label={t('aliases')}>
          <span className="break-all font-mono">{aliases.join(', ')}</span>
        </Fact>
      )}
      <Fact label={t('native')}>
        {protocols.length === 0 ? '–' : protocols.map((protocol) => filter(`protocols.${protocol}`)).join(' · ')}
      </Fact>
      <Fact label={t('can')}>
        {capabilities.length === 0
          ? '–'
          : capabilities.map((capability) => filter(`capabilities.${capability}`)).join(' · ')}
      </Fact>
      {refused.length > 0 && (
        <Fact label={t('takesNo')}>{refused.map((input) => filter(`capabilities.${input}`)).join(' · ')}</Fact>
      )}
    </dl>
  );
}
