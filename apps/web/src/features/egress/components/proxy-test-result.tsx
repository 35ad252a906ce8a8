'use client';

import { useLocale, useTranslations } from 'next-intl';
import { countText } from '#components/amounts.ts';
import type { ApiOutput } from '#components/api.ts';
import { Status } from '#ui/status.tsx';

type TestView = ApiOutput['egress']['testResult'];
type Way = Extract<TestView, { status: 'done' }>['result']['ways'][number];

/** What came of a test: how long each way took, or the exact error. */
export function ProxyTestResult({ view }: { readonly view: TestView }) {
  const t = useTranslations('egress.test');
  if (view.status !== 'done') {
    const text = t(view.status === 'unclaimed' ? 'unclaimed' : 'lost');
    return <Status tone="warn">{<span className="whitespace-normal">{text}</span>}</Status>;
  }
  const { isOk, ways, failure } = view.result;
  if (failure) return <Status tone="bad">{t(failure.kind === 'seal' ? 'seal' : 'gone')}</Status>;
  return (
    <>
      <Status tone={isOk ? 'good' : 'bad'}>{isOk ? t('ok') : t('failed')}</Status>
      <ul className="mt-3 border-t border-rule">
        {ways.map((way) => (
          <li key={way.upstream ?? ''} className="border-b border-rule py-2 text-small">
            <WayLine way={way} />
          </li>
        ))}
      </ul>
      {ways.every(({ upstream }) => upstream === undefined) && (
        <p className="mt-3 text-caption text-ink-faint">{t('proxyOnly')}</p>
      )}
    </>
  );
}

function WayLine({ way: { upstream, latencyMs, error } }: { readonly way: Way }) {
  const t = useTranslations('egress');
  const locale = useLocale();
  return (
    <>
      <span className="flex flex-wrap justify-between gap-x-4">
        {upstream === undefined ? (
          <span>{t('test.proxyItself')}</span>
        ) : (
          <span className="font-mono wrap-anywhere">{upstream}</span>
        )}
        {latencyMs !== undefined && (
          <span className="font-mono tabular-nums">{t('ms', { value: countText(latencyMs, locale) })}</span>
        )}
      </span>
      {error !== undefined && (
        <span lang="en" className="mt-0.5 block text-ink-soft wrap-anywhere">
          {error}
        </span>
      )}
    </>
  );
}
