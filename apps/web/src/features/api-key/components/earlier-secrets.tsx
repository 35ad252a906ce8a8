'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Button } from '#ui/button.tsx';
import { useToast } from '#ui/toast.tsx';
import type { ApiKey } from '../api-key.ts';

/** Secrets that a key had before and that still work, each of which can be ended at once. */
export function EarlierSecrets({ apiKey }: { readonly apiKey: ApiKey }) {
  const t = useTranslations('keys.earlier');
  const failure = useFailure();
  const toast = useToast();
  const mayEnd = useMay('apiKey.disable');
  const utils = api.useUtils();
  const end = api.apiKey.endSecret.useMutation({
    onSuccess: () => toast({ title: t('ended') }),
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
    onSettled: () => utils.apiKey.list.invalidate(),
  });
  if (apiKey.earlierSecrets.length === 0) return null;
  return (
    <section className="mt-5 border-t border-rule pt-3" aria-label={t('title')}>
      <h3 className="text-small font-medium">{t('title')}</h3>
      <ul>
        {apiKey.earlierSecrets.map(({ id, prefix, last4, worksUntil }) => (
          <li key={id} className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 py-1 text-small">
            <span className="font-mono">{`${prefix}…${last4}`}</span>
            <span className="grow text-ink-soft">
              {t('until')} <LocalTime at={worksUntil} />
            </span>
            {mayEnd && (
              <Button
                look="quiet"
                busy={end.isPending && end.variables?.secretId === id}
                onClick={() => end.mutate({ apiKeyId: apiKey.id, secretId: id })}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
