'use client';

import { useTranslations } from 'next-intl';
import { ListFilters } from '#components/list-filters.tsx';
import { useMay } from '#components/permissions.tsx';
import { type CustomerFilter, customerParts } from '../customer-filter.ts';
import { maxSearchLength } from '../search-kind.ts';

export interface CustomerFiltersProps {
  readonly filter: CustomerFilter;
  readonly onChange: (change: Partial<CustomerFilter>) => void;
}

export function CustomerFilters({ filter, onChange }: CustomerFiltersProps) {
  const t = useTranslations('customers.filter');
  const mayReadBalances = useMay('balance.read');
  const parts = customerParts.filter((part) => part !== 'funded' || mayReadBalances);
  const labels = {
    ...{ form: t('label'), search: t('search'), placeholder: t('placeholder') },
    ...{ submit: t('submit'), part: t('part') },
  };
  return (
    <ListFilters
      labels={labels}
      search={filter.search}
      maxLength={maxSearchLength}
      part={filter.part ?? ''}
      parts={[{ value: '', label: t('all') }, ...parts.map((part) => ({ value: part, label: t(`parts.${part}`) }))]}
      onSearch={(search) => onChange({ search })}
      onPart={(chosen) => onChange({ part: parts.find((part) => part === chosen) })}
    />
  );
}
