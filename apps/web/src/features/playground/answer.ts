import type { Protocol } from '@ai-bridge/domain';
import { readSaid, type Said, type StreamEvent } from './events.ts';

/** Raw events that are shown, and characters of them together: a page is no log. */
const maxEvents = 400;
const maxRawCharacters = 200_000;

export interface RawEvent extends StreamEvent {
  readonly number: number;
}

/** How an answer stands. */
export interface Answer {
  readonly state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  readonly text: string;
  readonly thinking: string;
  /** HTTP status; undefined: none yet, or the worker was not reached. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** What the worker or the upstream said of a failure, as it came. */
  readonly error: string | undefined;
  readonly events: readonly RawEvent[];
  readonly eventCount: number;
  readonly rawCharacters: number;
}

export const emptyAnswer: Answer = {
  ...{ state: 'waiting', text: '', thinking: '', status: undefined, requestId: undefined, error: undefined },
  ...{ events: [], eventCount: 0, rawCharacters: 0 },
};

/** The answer with more events in it. What is beyond the bound is counted, and not kept. */
export function withEvents(answer: Answer, protocol: Protocol, events: readonly StreamEvent[]): Answer {
  let { text, thinking, error, eventCount, rawCharacters } = answer;
  const kept = [...answer.events];
  for (const event of events) {
    const said: Said = readSaid(protocol, event);
    text += said.text ?? '';
    thinking += said.thinking ?? '';
    error ??= said.error;
    eventCount++;
    rawCharacters += event.data.length;
    if (kept.length < maxEvents && rawCharacters <= maxRawCharacters) kept.push({ ...event, number: eventCount });
  }
  return { ...answer, state: 'streaming', text, thinking, error, eventCount, rawCharacters, events: kept };
}
