'use client';

import type { IdentityProvider } from '@ai-bridge/access';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#ui/button.tsx';

export interface ProviderButtonsProps {
  readonly providers: readonly IdentityProvider[];
  /** Path to open once signed in. */
  readonly next: string;
}

/** The other sites that one may sign in by; nothing where none is set up. */
export function ProviderButtons({ providers, next }: ProviderButtonsProps) {
  const t = useTranslations('auth.signIn');
  const [leaving, setLeaving] = useState<IdentityProvider>();
  if (providers.length === 0) return null;

  async function leave(provider: IdentityProvider) {
    setLeaving(provider);
    await signIn(provider, { callbackUrl: next }).catch(() => setLeaving(undefined));
  }

  return (
    <div className="mb-6 flex flex-col gap-2.5">
      {providers.map((provider) => (
        <Button key={provider} busy={leaving === provider} onClick={() => leave(provider)}>
          {t(`with.${provider}`)}
        </Button>
      ))}
      <p className="mt-3 flex items-center gap-3 text-caption text-ink-faint before:grow before:border-t before:border-rule after:grow after:border-t after:border-rule">
        {t('or')}
      </p>
    </div>
  );
}
