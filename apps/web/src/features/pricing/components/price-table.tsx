import { useLocale, useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { countText, usdText } from '#components/amounts.ts';
import { modelPath, type PublicModel } from '#features/model/public-model.ts';
import { providerName } from '#features/site/tools.ts';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { priceOfKind, pricesOfTier, tokenKinds } from '../token-kinds.ts';

/** Every model with every kind of token it is charged for, by provider; a long prompt's prices below each. */
export function PriceTable({ models }: { readonly models: readonly PublicModel[] }) {
  const t = useTranslations('pricing');
  const locale = useLocale();
  const providers = [...new Set(models.map(({ provider }) => provider))];
  return (
    <Table label={t('prices.title')}>
      <thead>
        <tr>
          <HeaderCell className="sticky left-0 bg-paper">{t('column.model')}</HeaderCell>
          {tokenKinds.map((kind) => (
            <HeaderCell key={kind} numeric>
              {t(`kind.${kind}`)}
            </HeaderCell>
          ))}
          <HeaderCell numeric>{t('column.fees')}</HeaderCell>
        </tr>
      </thead>
      {providers.map((provider) => (
        <tbody key={provider}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={tokenKinds.length + 2}
              className="pt-6 pb-1 text-left text-caption font-medium text-ink-faint"
            >
              {providerName(provider)}
            </th>
          </tr>
          {models
            .filter((model) => model.provider === provider)
            .map(({ id, price }) => (
              <Fragment key={id}>
                <tr>
                  <th
                    scope="row"
                    className="sticky left-0 h-9 border-b border-rule bg-paper pr-2.5 text-left font-normal"
                  >
                    <Link
                      href={modelPath(id)}
                      className={`${linkClass} block max-w-44 truncate font-mono sm:max-w-none`}
                    >
                      {id}
                    </Link>
                  </th>
                  {tokenKinds.map((kind) => (
                    <Cell key={kind} numeric>
                      {usdText(priceOfKind(price, kind), locale)}
                    </Cell>
                  ))}
                  <Cell numeric>{feesText(price)}</Cell>
                </tr>
                {price.tiers.map((tier) => (
                  <tr key={tier.aboveTokens} className="text-ink-soft">
                    <th
                      scope="row"
                      className="sticky left-0 h-9 border-b border-rule bg-paper pr-2.5 pl-4 text-left font-normal"
                    >
                      {t('above', { tokens: countText(tier.aboveTokens, locale) })}
                    </th>
                    {tokenKinds.map((kind) => (
                      <Cell key={kind} numeric>
                        {usdText(priceOfKind(pricesOfTier(price, tier), kind), locale)}
                      </Cell>
                    ))}
                    <Cell />
                  </tr>
                ))}
              </Fragment>
            ))}
        </tbody>
      ))}
    </Table>
  );

  function feesText({ requestFee, webSearch }: PublicModel['price']): string {
    const fees = [
      ...(requestFee > 0n ? [t('fee.request', { usd: usdText(requestFee, locale) })] : []),
      ...(webSearch !== undefined ? [t('fee.search', { usd: usdText(webSearch, locale) })] : []),
    ];
    return fees.length > 0 ? fees.join(', ') : '–';
  }
}
