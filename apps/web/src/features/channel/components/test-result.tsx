'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ApiOutput } from '#components/api.ts';
import { Status } from '#ui/status.tsx';
import { Verbatim } from '#ui/verbatim.tsx';
import { milliseconds } from '../health-figures.ts';
import { protocolLabels } from '../protocol-label.ts';

type TestView = ApiOutput['channel']['testResult'];
type Result = Extract<TestView, { status: 'done' }>['result'];

export interface TestResultProps {
  readonly view: TestView;
  readonly listed: ApiOutput['channel']['modelsResult'] | undefined;
}

/** What came of a test: how long each part took, or the upstream's own words. */
export function TestResult({ view, listed }: TestResultProps) {
  const t = useTranslations('channels');
  if (view.status !== 'done') {
    const text = t(view.status === 'unclaimed' ? 'test.unclaimed' : 'test.lost');
    return <Status tone="warn">{<span className="whitespace-normal">{text}</span>}</Status>;
  }
  const { result } = view;
  return (
    <div className="flex flex-col gap-3">
      <Verdict result={result} />
      {result.protocol && <Timings result={result} />}
      {result.failure && <Words failure={result.failure} />}
      {listed?.status === 'done' && (
        <p className="text-small text-ink-soft">
          {listed.result.failure ? t('test.noList') : t('test.listed', { count: listed.result.models.length })}
        </p>
      )}
    </div>
  );
}

function Verdict({ result: { isOk, failure } }: { readonly result: Result }) {
  const t = useTranslations('channels');
  if (isOk) return <Status tone="good">{t('test.ok')}</Status>;
  return <Status tone="bad">{failure ? t(`test.kind.${failure.kind}`) : t('test.failed')}</Status>;
}

function Timings({ result }: { readonly result: Result }) {
  const t = useTranslations('channels');
  const locale = useLocale();
  const { protocol, model, upstreamModel, status, connectMs, firstByteMs, totalMs } = result;
  const ms = (value: number | undefined) =>
    value === undefined ? '–' : t('detail.ms', { value: milliseconds(value, locale) });
  const facts: readonly (readonly [string, string])[] = [
    [t('test.answerMs'), ms(totalMs)],
    [t('test.connectMs'), ms(connectMs)],
    [t('test.firstByteMs'), ms(firstByteMs)],
    [t('test.status'), status === undefined ? '–' : String(status)],
    [t('test.protocol'), protocol ? protocolLabels[protocol] : '–'],
    [t('test.sent'), upstreamModel ?? model ?? '–'],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-small sm:grid-cols-6">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-caption text-ink-faint">{name}</dt>
          <dd className="font-mono break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ failure }: { readonly failure: NonNullable<Result['failure']> }) {
  const t = useTranslations('channels');
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 text-caption text-ink-faint">{t('test.said')}</figcaption>
      <Verbatim text={failure.text} />
    </figure>
  );
}
