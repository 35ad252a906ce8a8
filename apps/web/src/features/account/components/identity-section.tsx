'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { useToast } from '#ui/toast.tsx';
import type { MeProps } from './me.ts';

/** The other sites that one signs in by. */
export function IdentitySection({ me }: MeProps) {
  const t = useTranslations('settings.identities');
  const failure = useFailure();
  const toast = useToast();
  const utils = api.useUtils();
  const unlink = api.account.unlinkIdentity.useMutation({
    async onSuccess() {
      toast({ title: t('unlinked') });
      await utils.account.me.invalidate();
    },
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
  });
  return (
    <Section title={t('title')}>
      {me.identities.length === 0 && <p className="text-small text-ink-soft">{t('none')}</p>}
      <ul className="flex flex-col gap-3">
        {me.identities.map(({ provider, email }) => (
          <li key={provider} className="flex flex-wrap items-center gap-x-4 gap-y-2 text-small">
            <span className="font-medium">{t(provider)}</span>
            <span className="font-mono text-ink-soft wrap-anywhere">{email}</span>
            <Button
              busy={unlink.isPending}
              aria-label={t('unlinkWhat', { provider: t(provider) })}
              onClick={() => unlink.mutate({ provider })}
            >
              {t('unlink')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
