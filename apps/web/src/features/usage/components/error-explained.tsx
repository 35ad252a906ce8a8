'use client';

import { useLocale, useTranslations } from 'next-intl';
import { joinSentences } from '#components/sentences.ts';
import { readErrorCode } from '../error-code.ts';

/** An error code with its cause and what to do about it. */
export function ErrorExplained({ code }: { readonly code: string }) {
  const t = useTranslations('request');
  const locale = useLocale();
  const known = readErrorCode(code);
  const explained = known
    ? [t(`error.${known}.cause`), t(`error.${known}.fix`)]
    : [t('errorUnknown.cause'), t('errorUnknown.fix')];
  return (
    <div className="mb-6 border-l-2 border-bad py-1 pl-4 text-small">
      <p className="font-medium">
        {t.rich('errorTitle', { code: () => <code className="font-mono text-bad wrap-anywhere">{code}</code> })}
      </p>
      <p className="mt-0.5 max-w-2xl text-ink-soft">{joinSentences(explained, locale)}</p>
    </div>
  );
}
