'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { saveText } from '#components/save-text.ts';
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
    saveText(data, 'prices.csv');
  }

  return (
    <Button onClick={() => void save()} busy={table.isFetching}>
      {t('export')}
    </Button>
  );
}
