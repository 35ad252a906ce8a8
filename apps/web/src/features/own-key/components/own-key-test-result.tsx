'use client';

import { useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Status } from '#ui/status.tsx';
import { Verbatim } from '#ui/verbatim.tsx';

/** What came of a test: that it works, or the provider's own words. */
export function OwnKeyTestResult({ view }: { readonly view: ApiOutput['ownKey']['testResult'] }) {
  const t = useTranslations('ownKeys.test');
  if (view.status !== 'done') return <Status tone="warn">{t('noWorker')}</Status>;
  const { isOk, model = '–', totalMs, failure } = view.result;
  if (isOk) {
    return (
      <>
        <Status tone="good">{t('ok')}</Status>
        <p className="mt-2 text-small text-ink-soft">{t('okText', { model, ms: String(totalMs ?? '–') })}</p>
      </>
    );
  }
  return (
    <>
      <Status tone="bad">{t(`kind.${failure?.kind ?? 'answer'}`)}</Status>
      {failure && (
        <figure className="mt-3 min-w-0">
          <figcaption className="mb-1 text-caption text-ink-faint">{t('said')}</figcaption>
          <Verbatim text={failure.text} />
        </figure>
      )}
    </>
  );
}
