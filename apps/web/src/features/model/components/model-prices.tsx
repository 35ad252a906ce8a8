import type { OfferedTerms } from '@ai-bridge/catalog';
import { type Price, ratePercent, rates, type TokenPrices } from '@ai-bridge/domain';
import { useLocale, useTranslations } from 'next-intl';
import { countText, percentText, usdText } from '#components/amounts.ts';
import { GroupTerms } from '#features/pricing/components/group-terms.tsx';
import { priceOfKind, pricesOfTier, tokenKinds } from '#features/pricing/token-kinds.ts';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import type { PublicModel } from '../public-model.ts';

const basisPointsPerPercent = 100;

export interface ModelPricesProps {
  readonly model: PublicModel;
  readonly groups: readonly OfferedTerms[];
}

/** Every kind of token, a column for each size of prompt; then fees, rates, and what has been announced. */
export function ModelPrices({ model, groups }: ModelPricesProps) {
  const t = useTranslations('pricing');
  const own = useTranslations('models.price');
  const locale = useLocale();
  const { price, announced, priceSource } = model;
  const columns: readonly { readonly label: string; readonly prices: TokenPrices }[] = [
    {
      label:
        price.tiers.length > 0
          ? own('upTo', { tokens: countText(price.tiers[0]?.aboveTokens ?? 0, locale) })
          : own('any'),
      prices: price,
    },
    ...price.tiers.map((tier) => {
      return { label: t('above', { tokens: countText(tier.aboveTokens, locale) }), prices: pricesOfTier(price, tier) };
    }),
    ...announced.map(({ validFrom, price: next }) => {
      return { label: own('from', { day: validFrom.toISOString().slice(0, 10) }), prices: next };
    }),
  ];
  return (
    <>
      <Table label={own('label')}>
        <thead>
          <tr>
            <HeaderCell>{own('kind')}</HeaderCell>
            {columns.map(({ label }) => (
              <HeaderCell key={label} numeric>
                {label}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {tokenKinds.map((kind) => (
            <tr key={kind}>
              <Cell>{t(`kind.${kind}`)}</Cell>
              {columns.map(({ label, prices }) => (
                <Cell key={label} numeric>
                  {usdText(priceOfKind(prices, kind), locale)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-3 text-caption text-ink-faint">{own('unit')}</p>
      <Fees price={price} />
      <div className="mt-4">
        <GroupTerms groups={groups} />
      </div>
      <p className="mt-1 text-caption text-ink-faint wrap-anywhere">{own('source', { source: priceSource })}</p>
    </>
  );
}

/** What is charged beside tokens, and what other rates than the standard one cost. */
function Fees({ price }: { readonly price: Price }) {
  const t = useTranslations('pricing');
  const own = useTranslations('models.price');
  const locale = useLocale();
  const { requestFee, webSearch, ratePercents } = price;
  return (
    <ul className="mt-3 flex flex-col gap-1 text-small text-ink-soft">
      {requestFee > 0n && <li>{t('fee.request', { usd: usdText(requestFee, locale) })}</li>}
      {webSearch !== undefined && <li>{t('fee.search', { usd: usdText(webSearch, locale) })}</li>}
      <li>
        {own('rates')}{' '}
        {rates
          .map(
            (rate) =>
              `${own(`rate.${rate}`)} ${percentText(ratePercent(ratePercents, rate) * basisPointsPerPercent, locale)}`,
          )
          .join(', ')}
      </li>
    </ul>
  );
}
