'use client';

import { useTranslations } from 'next-intl';
import { Status } from '#ui/status.tsx';

/** Says that no money moves: for the sandbox, and for a provider's test mode. */
export function SandboxNote({ kind }: { readonly kind: 'sandbox' | 'test' }) {
  const t = useTranslations('checkout');
  return (
    <aside
      aria-label={t(`${kind}.label`)}
      className="mb-8 flex flex-wrap items-baseline gap-x-3 gap-y-1 border-l-2 border-warn py-1 pl-4 text-small"
    >
      <Status tone="warn">{t(`${kind}.label`)}</Status>
      <span className="text-ink-soft">{t(`${kind}.body`)}</span>
    </aside>
  );
}
