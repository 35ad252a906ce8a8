'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { SandboxNote } from '#features/payment/components/sandbox-note.tsx';
import { Link, useRouter } from '#i18n/navigation.ts';
import { Button, buttonClass } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { ErrorState, SkeletonRows } from '#ui/states.tsx';

const kinds = ['good', 'declined', 'authentication_required'] as const;

/** In the place of a payment provider's page: each way that a saved card can behave can be tried. */
export function SandboxCard({ setupId }: { readonly setupId: string }) {
  const t = useTranslations('billing.sandboxCard');
  const failure = useFailure();
  const router = useRouter();
  const utils = api.useUtils();
  const { data, error, isPending, refetch } = api.billing.sandboxCard.useQuery({ setupId });
  const choose = api.billing.chooseSandboxCard.useMutation({
    async onSuccess() {
      await utils.billing.read.invalidate();
      router.replace('/console/billing');
    },
  });
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <SandboxNote kind="sandbox" />
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {isPending && <SkeletonRows rows={1} className="h-11" />}
      {choose.error && <ErrorState {...failure(choose.error)} />}
      {data?.kind === null && (
        <div className="flex flex-wrap gap-2.5 max-sm:flex-col">
          {kinds.map((kind) => (
            <Button
              key={kind}
              look={kind === 'good' ? 'primary' : 'plain'}
              busy={choose.variables?.kind === kind && (choose.isPending || choose.isSuccess)}
              onClick={() => choose.mutate({ setupId, kind })}
            >
              {t(kind)}
            </Button>
          ))}
          <Link href="/console/billing" className={buttonClass('quiet')}>
            {t('leave')}
          </Link>
        </div>
      )}
      {data && data.kind !== null && (
        <div className="flex flex-wrap items-center gap-4 text-small">
          <p>{t('chosen')}</p>
          <Link href="/console/billing" className={buttonClass('plain')}>
            {t('back')}
          </Link>
        </div>
      )}
    </>
  );
}
