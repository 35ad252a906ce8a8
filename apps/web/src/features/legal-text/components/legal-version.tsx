'use client';

import { useLocale, useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { textIn } from '#components/both-languages.ts';
import { useFailure } from '#components/use-failure.ts';
import { RichText } from '#features/rich-text/rich-text.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import type { LegalDocument } from '../legal-text.ts';

export interface LegalVersionProps {
  readonly document: LegalDocument;
  readonly version: number;
  readonly onClose: () => void;
}

/** A version as it was. */
export function LegalVersion({ document, version, onClose }: LegalVersionProps) {
  const t = useTranslations('legal');
  const locale = useLocale();
  const failure = useFailure();
  const { data, error, refetch } = api.legalText.version.useQuery({ document, version });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('desk.version', { number: version })}>
      {error && <ErrorState {...failure(error)} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton className="h-72 w-full" />}
      {data && <RichText text={textIn(locale, data.text)} below={2} />}
    </Dialog>
  );
}
