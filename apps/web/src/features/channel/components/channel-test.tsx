'use client';

import { isProtocol } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState } from 'react';
import { api } from '#components/api.ts';
import { useFailure } from '#components/use-failure.ts';
import { isOver, untilOver, useTaskId } from '#components/use-task.ts';
import { Button } from '#ui/button.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import type { Channel } from '../channel-filter.ts';
import { protocolLabels } from '../protocol-label.ts';
import { modelForTest, servedModels } from '../test-model.ts';
import { TestResult } from './test-result.tsx';

export interface ChannelTestProps {
  readonly channel: Channel;
  /** Runs once, as soon as a model is known. */
  readonly atOnce: boolean;
}

/** Asks the worker for one real call, and for the upstream's list of models. */
export function ChannelTest({ channel, atOnce }: ChannelTestProps) {
  const t = useTranslations('channels');
  const failure = useFailure();
  const listId = useId();
  const choices = api.channel.choices.useQuery();
  const served = choices.data ? servedModels(channel, choices.data) : [];
  const [typed, setTyped] = useState<string>();
  const [protocol, setProtocol] = useState(channel.protocols[0]);
  const model = typed ?? modelForTest(served) ?? '';
  const testTask = useTaskId();
  const listTask = useTaskId();
  const test = api.channel.test.useMutation({ onSuccess: testTask.onSuccess });
  const list = api.channel.models.useMutation({ onSuccess: listTask.onSuccess });
  const tested = api.channel.testResult.useQuery({ taskId: testTask.taskId ?? '' }, untilOver(testTask.taskId));
  const listed = api.channel.modelsResult.useQuery({ taskId: listTask.taskId ?? '' }, untilOver(listTask.taskId));
  const isBusy = test.isPending || (testTask.taskId !== undefined && !isOver(tested.data) && !tested.error);
  const began = useRef(false);

  function run() {
    testTask.forget();
    listTask.forget();
    test.mutate({ channelId: channel.id, model, protocol });
    list.mutate({ channelId: channel.id });
  }

  useEffect(() => {
    if (!atOnce || began.current || !model) return;
    began.current = true;
    run();
  });

  const error = test.error ?? tested.error ?? list.error;
  return (
    <>
      <p className="mb-3 text-small text-ink-soft">{t('test.lead')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
        className="grid grid-cols-1 items-end gap-3 sm:grid-cols-[2fr_1fr_auto]"
      >
        <Field label={t('test.model')}>
          <TextInput
            value={model}
            onChange={(event) => setTyped(event.target.value)}
            list={listId}
            required
            className="font-mono"
            autoComplete="off"
          />
        </Field>
        <datalist id={listId}>
          {served.map((id) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <Field label={t('test.protocol')}>
          <Select
            value={protocol}
            onChange={(event) => isProtocol(event.target.value) && setProtocol(event.target.value)}
            disabled={channel.protocols.length < 2}
          >
            {channel.protocols.map((one) => (
              <option key={one} value={one}>
                {protocolLabels[one]}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" look="primary" busy={isBusy}>
          {t('test.run')}
        </Button>
      </form>
      {choices.data && served.length === 0 && <p className="mt-2 text-small text-ink-soft">{t('test.noModel')}</p>}
      <div aria-live="polite" className="mt-4">
        {error && <ErrorState {...failure(error)} />}
        {isBusy && <p className="text-small text-ink-soft">{t('test.running')}</p>}
        {tested.data && isOver(tested.data) && <TestResult view={tested.data} listed={listed.data} />}
      </div>
    </>
  );
}
