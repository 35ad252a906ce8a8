'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { tokensText } from '#components/amounts.ts';
import { api } from '#components/api.ts';
import { CreateKeyDialog, type CreateKeyDialogProps } from '#features/api-key/components/create-key-dialog.tsx';
import { AdjustDialog } from '#features/credit-desk/components/adjust-dialog.tsx';
import { Button } from '#ui/button.tsx';
import { CodeBlock } from '#ui/code-block.tsx';
import { testRequest, type Welcome } from '../welcome.ts';
import { LastRequest } from './last-request.tsx';

export interface RequestStepProps extends Pick<Welcome, 'request' | 'models'> {
  /** How a key is made and where it goes. */
  readonly keys: Pick<CreateKeyDialogProps, 'gateway' | 'unit'>;
}

/** A key, a few tokens and a request: its receipt shows as soon as it has ended. */
export function RequestStep({ request: { own }, models, keys }: RequestStepProps) {
  const t = useTranslations('welcome.request');
  const locale = useLocale();
  const utils = api.useUtils();
  const [open, setOpen] = useState<'key' | 'tokens'>();
  if (own === null) return <p className="text-small text-ink-soft">{t('noOrganization')}</p>;
  const close = () => {
    setOpen(undefined);
    void utils.welcome.read.invalidate();
  };
  const model = models.find(({ hasPrice }) => hasPrice)?.id ?? 'claude-sonnet-4-6';
  return (
    <>
      <p className="max-w-2xl text-small text-ink-soft">
        {t('lead', { keys: own.keys, tokens: tokensText(own.availableNanoUsd, locale) })}
      </p>
      <div className="flex flex-wrap gap-2.5">
        <Button look={own.keys === 0 ? 'primary' : 'plain'} onClick={() => setOpen('key')}>
          {t('makeKey')}
        </Button>
        <Button
          look={own.keys > 0 && own.availableNanoUsd === 0n ? 'primary' : 'plain'}
          onClick={() => setOpen('tokens')}
        >
          {t('giveTokens')}
        </Button>
      </div>
      <CodeBlock title={t('terminal')} code={testRequest(keys.gateway.workerUrl, model)} />
      <LastRequest last={own.last} />
      <CreateKeyDialog {...keys} open={open === 'key'} onClose={close} />
      {open === 'tokens' && <AdjustDialog organization={own} onClose={close} />}
    </>
  );
}
