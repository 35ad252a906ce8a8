'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { ChangePriceDialog } from '#features/model-desk/components/change-price-dialog.tsx';
import { Link } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { Fact } from '#ui/fact.tsx';
import { linkClass } from '#ui/link-class.ts';
import { Status } from '#ui/status.tsx';
import type { Welcome } from '../welcome.ts';

/** What is sold: models that real channels serve, each with its price. One without a price is refused. */
export function ModelStep({ models }: Pick<Welcome, 'models'>) {
  const t = useTranslations('welcome.model');
  const utils = api.useUtils();
  const [modelId, setModelId] = useState<string>();
  const list = api.modelDesk.list.useQuery(undefined, { enabled: modelId !== undefined });
  const model = list.data?.find(({ id }) => id === modelId);
  const close = () => {
    setModelId(undefined);
    void utils.welcome.read.invalidate();
  };
  return (
    <>
      <p className="max-w-2xl text-small text-ink-soft">{t(models.length === 0 ? 'none' : 'lead')}</p>
      {models.length > 0 && (
        <dl className="text-small">
          {models.map(({ id, hasPrice }) => (
            <Fact key={id} label={t(hasPrice ? 'priced' : 'unpriced')}>
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <Link href={`/admin/models/${encodeURIComponent(id)}`} className={`${linkClass} font-mono`}>
                  {id}
                </Link>
                {!hasPrice && <Status tone="warn">{t('refused')}</Status>}
                <Button look="quiet" busy={modelId === id && !model} onClick={() => setModelId(id)}>
                  {t('price')}
                  <span className="sr-only">{`: ${id}`}</span>
                </Button>
              </span>
            </Fact>
          ))}
        </dl>
      )}
      <p className="text-small">
        <Link href="/admin/models" className={linkClass}>
          {t('all')}
        </Link>
      </p>
      {model && <ChangePriceDialog model={model} onClose={close} />}
    </>
  );
}
