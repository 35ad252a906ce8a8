'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#ui/button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Section } from '#ui/section.tsx';
import { Status } from '#ui/status.tsx';
import { Tabs } from '#ui/tabs.tsx';
import type { Answer } from '../answer.ts';
import { AnswerCost } from './answer-cost.tsx';
import { RawEvents } from './raw-events.tsx';

export interface AnswerViewProps {
  readonly answer: Answer | undefined;
  readonly isBusy: boolean;
  readonly onContinue: () => void;
}

const tones = {
  ...{ waiting: 'quiet', streaming: 'quiet', done: 'good', stopped: 'quiet', failed: 'bad' },
} as const satisfies Record<Answer['state'], 'good' | 'quiet' | 'bad'>;

/** An answer as it comes: its text, its events, what it cost. Everything in it is text; nothing is ever drawn as a page. */
export function AnswerView({ answer, isBusy, onContinue }: AnswerViewProps) {
  const t = useTranslations('playground');
  const status = answer && (
    <span aria-live="polite">
      <Status tone={tones[answer.state]}>
        {t(`state.${answer.state}`)}
        {answer.status !== undefined && ` · HTTP ${answer.status}`}
      </Status>
    </span>
  );
  return (
    <Section title={t('answer')} actions={status}>
      {!answer && <p className="text-small text-ink-faint">{t('nothingYet')}</p>}
      {answer && (
        <>
          <Tabs
            label={t('answer')}
            items={[
              { id: 'text', label: t('text'), content: <AnswerText answer={answer} isBusy={isBusy} /> },
              { id: 'raw', label: t('raw', { count: answer.eventCount }), content: <RawEvents answer={answer} /> },
            ]}
          />
          {!isBusy && answer.requestId && <AnswerCost requestId={answer.requestId} />}
          {answer.state === 'done' && answer.text !== '' && (
            <div className="mt-3">
              <Button onClick={onContinue}>{t('continue')}</Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}

const errorClass =
  'max-h-64 overflow-auto rounded-panel border border-rule bg-sheet p-3 text-small whitespace-pre-wrap wrap-anywhere';

function AnswerText({ answer, isBusy }: { readonly answer: Answer; readonly isBusy: boolean }) {
  const t = useTranslations('playground');
  return (
    <div className="flex flex-col gap-3">
      {answer.thinking !== '' && (
        <Disclosure label={t('thinking')}>
          <p className="text-small whitespace-pre-wrap text-ink-soft wrap-anywhere">{answer.thinking}</p>
        </Disclosure>
      )}
      <div
        data-testid="answer-text"
        aria-busy={isBusy}
        className="min-h-24 text-body whitespace-pre-wrap wrap-anywhere"
      >
        {answer.text}
      </div>
      {answer.error !== undefined && (
        <div role="alert">
          <p className="mb-1.5 text-small font-medium text-bad">
            {answer.status === undefined ? t('notReached') : t('errorSaid')}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <pre tabIndex={0} className={errorClass}>
            {answer.error}
          </pre>
        </div>
      )}
    </div>
  );
}
