import { useLocale, useTranslations } from 'next-intl';
import { usdText } from '#components/amounts.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { modelPath, type PublicModel } from '../public-model.ts';

/** Who answers when every channel of a model fails: the model itself, then the ones behind it. */
export function FallbackChain({ chain }: { readonly chain: readonly PublicModel[] }) {
  const t = useTranslations('models.chain');
  const locale = useLocale();
  return (
    <>
      <p className="mb-4 max-w-2xl text-small text-ink-soft">{chain.length > 1 ? t('lead') : t('none')}</p>
      {chain.length > 1 && (
        <ol className="flex max-sm:flex-col">
          {chain.map(({ id, price }, index) => (
            <li
              key={id}
              className="relative min-w-0 grow border-rule-strong pb-5 max-sm:border-l max-sm:pl-5 sm:border-t sm:pt-4 sm:pr-6"
            >
              <span
                aria-hidden="true"
                className="absolute size-2 rounded-full bg-ink max-sm:top-2 max-sm:-left-1 sm:-top-1 sm:left-0"
              />
              {index === 0 ? (
                <code className="font-mono wrap-anywhere">{id}</code>
              ) : (
                <Link href={modelPath(id)} className={`${linkClass} font-mono wrap-anywhere`}>
                  {id}
                </Link>
              )}
              <p className="mt-0.5 text-caption text-ink-faint">
                {t('price', { input: usdText(price.input, locale), output: usdText(price.output, locale) })}
              </p>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
