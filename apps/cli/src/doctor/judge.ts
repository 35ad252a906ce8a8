import type { Answer } from '../ask.ts';
import { valueAt } from '../edit/leaves.ts';
import type { DoctorTexts } from '../language/doctor-texts.ts';
import { maskedKey } from '../profiles/profile.ts';
import type { Finding } from './check.ts';
import type { Target } from './target.ts';

/** What the real call's answer means. */
export function judgeCall(
  { protocol, model = '', url = '', key = '' }: Target,
  answer: Answer,
  texts: DoctorTexts,
): Finding {
  if (answer.kind === 'unreachable')
    return { status: 'fault', text: texts.unreachable[answer.reason](url), next: texts.unreachableNext[answer.reason] };
  const { status, body, headers, milliseconds } = answer;
  const marks = { messages: 'content', chat: 'choices', responses: 'output', gemini: 'candidates' };
  if (status === 200 && Array.isArray(valueAt(body, [marks[protocol]]))) {
    const servedBy = headers.get('x-bridge-provider') ?? undefined;
    return { status: 'ok', text: texts.callWorked(model, milliseconds, servedBy) };
  }
  if (status < 400 || body === undefined)
    return { status: 'fault', text: texts.callNotJson(url), next: texts.callNext.address };
  // Some upstreams repeat the key that they refuse.
  const message = messageOf(body).replaceAll(key, maskedKey(key));
  const isBusy = status === 429 || status >= 500;
  const text = texts.callFailed(model, status, message);
  return { status: isBusy ? 'warning' : 'fault', text, next: texts.callNext[nextOf(status, body)] };
}

/** What `GET /v1/key` says of a key; undefined where this is no relay of ours. */
export function judgeKey({ key = '' }: Target, answer: Answer, texts: DoctorTexts): Finding | undefined {
  if (answer.kind === 'unreachable') return undefined;
  const shown = maskedKey(key);
  if (answer.status === 401 || answer.status === 403)
    return { status: 'fault', text: texts.keyRefused(shown), next: texts.keyRefusedNext };
  const name = valueAt(answer.body, ['key', 'name']);
  if (answer.status !== 200 || typeof name !== 'string') return undefined;
  const left = valueAt(answer.body, ['balance', 'availableTokens']);
  if (typeof left === 'string' && Number(left) <= 0)
    return { status: 'fault', text: texts.keyEmpty(shown, name), next: texts.topUpNext };
  return { status: 'ok', text: texts.keyGood(shown, name, typeof left === 'string' ? wholeTokens(left) : undefined) };
}

/** 12345.678 as 12,345: the digits as they came, without arithmetic. */
function wholeTokens(decimal: string): string {
  const [whole = ''] = decimal.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}

function nextOf(status: number, body: unknown): keyof DoctorTexts['callNext'] {
  if (status === 401) return 'key';
  if (status === 402) return 'balance';
  if (status === 403) return 'model';
  if (status === 404) return /model/i.test(messageOf(body)) ? 'model' : 'address';
  return status === 429 || status >= 500 ? 'later' : 'request';
}

const longestMessage = 300;

function messageOf(body: unknown): string {
  const message = valueAt(body, ['error', 'message']) ?? valueAt(body, ['message']) ?? valueAt(body, ['error']);
  return typeof message === 'string' ? message.slice(0, longestMessage) : '';
}
