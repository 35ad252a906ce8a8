'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api.ts';
import { useMay } from '#components/permissions.tsx';
import { useFailure } from '#components/use-failure.ts';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { PageHead, Section } from '#ui/section.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#ui/states.tsx';
import { chooseModel, modelsOfKey } from '../choose-model.ts';
import { emptyForm, questionOf } from '../form.ts';
import { AnswerView } from './answer-view.tsx';
import { QuestionCode } from './question-code.tsx';
import { QuestionForm } from './question-form.tsx';
import { useAnswer } from './use-answer.ts';

const skeletonRows = 6;

/** Asks any model by one of the organization's keys, from this browser, as a client of theirs would. `?key=` chooses the key. */
export function Playground({ workerUrl }: { readonly workerUrl: string }) {
  const t = useTranslations('playground');
  const failure = useFailure();
  const may = useMay('playground.use');
  const wanted = useSearchParams().get('key');
  const keys = api.apiKey.list.useQuery({});
  const models = api.model.list.useQuery({});
  const groups = api.apiKey.groups.useQuery({});
  const [form, setForm] = useState(emptyForm);
  const asked = useAnswer(workerUrl);
  const usable = keys.data?.filter(
    ({ disabledAt, expiresAt }) => !disabledAt && !(expiresAt && expiresAt < new Date()),
  );
  const apiKey = usable?.find(({ id }) => id === (form.apiKeyId ?? wanted)) ?? usable?.[0];
  const served = groups.data?.find(({ id }) => id === apiKey?.group.id)?.models;
  const offered = models.data && apiKey && modelsOfKey(models.data, apiKey, served);
  const model = offered && chooseModel(offered, form.model ?? apiKey?.lastModel);
  const question = questionOf(form, model);
  const error = keys.error ?? models.error ?? groups.error;

  function keepGoing() {
    const text = asked.answer?.text ?? '';
    setForm({ ...form, turns: [...form.turns, { role: 'assistant', text }, { role: 'user', text: '' }] });
  }

  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      {!may && <EmptyState title={t('notAllowed.title')}>{t('notAllowed.body')}</EmptyState>}
      {may && error && (
        <ErrorState {...failure(error)} onRetry={() => [keys.refetch(), models.refetch(), groups.refetch()]} />
      )}
      {may && (keys.isPending || models.isPending || groups.isPending) && (
        <SkeletonRows rows={skeletonRows} className="h-16" />
      )}
      {may && usable?.length === 0 && (
        <EmptyState
          title={t('noKey.title')}
          action={
            <Link href={{ pathname: '/console/keys', query: { create: '1' } }} className={buttonClass('primary')}>
              {t('noKey.action')}
            </Link>
          }
        >
          {t('noKey.body')}
        </EmptyState>
      )}
      {may && apiKey && offered && groups.data && (
        <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
          <QuestionForm
            form={form}
            onChange={setForm}
            keys={usable ?? []}
            apiKeyId={apiKey.id}
            models={offered}
            modelId={model?.id ?? ''}
            question={question}
            isBusy={asked.isBusy}
            onSend={() => question && asked.send(question, apiKey.id)}
            onStop={asked.stop}
          />
          <div className="min-w-0">
            <AnswerView answer={asked.answer} isBusy={asked.isBusy} onContinue={keepGoing} />
            <Section title={t('code.title')}>
              {question ? <QuestionCode question={question} workerUrl={workerUrl} /> : t('code.empty')}
            </Section>
          </div>
        </div>
      )}
    </>
  );
}
