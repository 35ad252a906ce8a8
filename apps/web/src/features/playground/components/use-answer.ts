'use client';

import { useEffect, useRef, useState } from 'react';
import { useFailure } from '#components/use-failure.ts';
import { type Answer, emptyAnswer } from '../answer.ts';
import { askWorker } from '../ask-worker.ts';
import type { Question } from '../request.ts';
import { usePlaygroundSecret } from './use-playground-secret.ts';

export interface Asked {
  readonly answer: Answer | undefined;
  readonly isBusy: boolean;
  send(question: Question, apiKeyId: string): void;
  stop(): void;
}

/** One question at a time; leaving the page ends it. */
export function useAnswer(workerUrl: string): Asked {
  const failure = useFailure();
  const secretOf = usePlaygroundSecret();
  const [answer, setAnswer] = useState<Answer>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function ask(question: Question, apiKeyId: string) {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const onAnswer = (next: Answer) => running.current === controller && setAnswer(next);
    setAnswer(emptyAnswer);
    try {
      const secret = await secretOf(apiKeyId);
      await askWorker({ workerUrl, secret, question, signal: controller.signal, onAnswer });
    } catch (error) {
      onAnswer({ ...emptyAnswer, state: 'failed', error: failure(error).message });
    }
  }

  return {
    answer,
    isBusy: answer?.state === 'waiting' || answer?.state === 'streaming',
    send: (question, apiKeyId) => void ask(question, apiKeyId),
    stop: () => running.current?.abort(),
  };
}
