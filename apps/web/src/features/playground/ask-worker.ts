import { type Answer, emptyAnswer, withEvents } from './answer.ts';
import { createEventReader } from './events.ts';
import { type Question, wireRequest } from './request.ts';

/** The most of an error's body that is read. */
const maxErrorCharacters = 20_000;

export interface Asking {
  readonly workerUrl: string;
  readonly secret: string;
  readonly question: Question;
  readonly signal: AbortSignal;
  /** Called with each state of the answer. */
  onAnswer(answer: Answer): void;
}

/** Asks the worker as any client does, from this browser, and tells how the answer comes along. Never rejects. */
export async function askWorker({ workerUrl, secret, question, signal, onAnswer }: Asking): Promise<void> {
  let answer = emptyAnswer;
  const tell = (next: Answer) => {
    answer = next;
    onAnswer(answer);
  };
  try {
    const { path, headers, keyHeader, body } = wireRequest(question, true);
    const response = await fetch(`${workerUrl}${path}`, {
      ...{ method: 'POST', signal, credentials: 'omit' },
      headers: { ...headers, [keyHeader.name]: keyHeader.before + secret },
      body: JSON.stringify(body),
    });
    const { status } = response;
    tell({ ...answer, status, requestId: response.headers.get('x-request-id') ?? undefined });
    if (!response.ok || !response.body) {
      const said = (await response.text()).slice(0, maxErrorCharacters);
      return tell({ ...answer, state: 'failed', error: said || String(status) });
    }
    const read = createEventReader();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      tell(withEvents(answer, question.protocol, read(piece.value)));
    tell(withEvents(answer, question.protocol, read('\n\n')));
    tell({ ...answer, state: answer.error === undefined ? 'done' : 'failed' });
  } catch (error) {
    if (signal.aborted) return tell({ ...answer, state: 'stopped' });
    tell({ ...answer, state: 'failed', error: error instanceof Error ? error.message : String(error) });
  }
}
