'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { ErrorState } from '#ui/states.tsx';
import { KeysFindings } from './keys-findings.tsx';

/** Has Stripe asked whether it takes the site's keys, and shows what it said. */
export function KeysTest() {
  const t = useTranslations('welcome.payments.keys');
  const failure = useFailure();
  const test = api.welcome.testPaymentKeys.useMutation();
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" busy={test.isPending} onClick={() => test.mutate()}>
          {t('run')}
        </Button>
        <span className="text-small text-ink-faint">{t('hint')}</span>
      </div>
      <div role="status">{test.data && <KeysFindings found={test.data} />}</div>
      {test.error && <ErrorState {...failure(test.error)} />}
    </>
  );
}
