'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { useToast } from '#ui/toast.tsx';

/** Saves the prices in force as a table. */
export function ExportPrices() {
  const t = useTranslations('modelDesk');
  const toast = useToast();
  const failure = useFailure();
  const table = api.modelDesk.exportPrices.useQuery(undefined, { enabled: false });

  async function save() {
    const { data, error } = await table.refetch();
    if (data === undefined) return toast({ title: failure(error).message, type: 'error' });
    const address = URL.createObjectURL(new Blob([data], { type: 'text/csv;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: 'prices.csv' });
    link.click();
    URL.revokeObjectURL(address);
  }

  return (
    <Button onClick={() => void save()} busy={table.isFetching}>
      {t('export')}
    </Button>
  );
}
