import { formatUsd } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';

/** A model on offer with its price now; amounts in nano-USD per million tokens. */
export interface ModelPrice {
  readonly id: string;
  readonly contextTokens: number | null;
  readonly input: bigint;
  readonly output: bigint;
  /** Null: charged as input. */
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
}

/** What a vendor's models cost, as this site charges it. */
export function ModelPrices({ vendor, models }: { readonly vendor: string; readonly models: readonly ModelPrice[] }) {
  const t = useTranslations('docs.models');
  if (models.length === 0) return <p className="text-small text-ink-soft">{t('none')}</p>;
  return (
    <Table label={t('label', { vendor })}>
      <thead>
        <tr>
          <HeaderCell>{t('id')}</HeaderCell>
          <HeaderCell numeric>{t('context')}</HeaderCell>
          <HeaderCell numeric>{t('input')}</HeaderCell>
          <HeaderCell numeric>{t('cacheRead')}</HeaderCell>
          <HeaderCell numeric>{t('cacheWrite')}</HeaderCell>
          <HeaderCell numeric>{t('output')}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <tr key={model.id}>
            <Cell className="font-mono">{model.id}</Cell>
            <Cell numeric>{contextText(model.contextTokens)}</Cell>
            <Cell numeric>{priceText(model.input)}</Cell>
            <Cell numeric>{priceText(model.cacheRead)}</Cell>
            <Cell numeric>{priceText(model.cacheWrite5m)}</Cell>
            <Cell numeric>{priceText(model.output)}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** USD per million tokens; a dash where there is no price of its own. */
export function priceText(nanoUsd: bigint | null): string {
  return nanoUsd === null ? '–' : `$${formatUsd(nanoUsd)}`;
}

/** 200000 -> 200K, 1048576 -> 1M */
export function contextText(tokens: number | null): string {
  if (tokens === null) return '–';
  return tokens >= 1_000_000 ? `${Math.floor(tokens / 100_000) / 10}M` : `${Math.floor(tokens / 1_000)}K`;
}
