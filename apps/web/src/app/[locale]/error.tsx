'use client';

import { useTranslations } from 'next-intl';
import { mainId } from '#components/shell/skip-link.tsx';
import { ErrorState } from '#ui/states.tsx';

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** A page that could not be drawn. The digest leads to the server's log. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations('errors');
  return (
    <main id={mainId} className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-4">
      <ErrorState message={t('internal')} requestId={error.digest} onRetry={reset} />
    </main>
  );
}
