import type { Usage } from '@ai-bridge/domain';
import { asObject, type JsonObject } from '../json/parse.ts';
import type { StopReason } from '../neutral/events.ts';
import { readUpstreamError, type UpstreamError } from '../stream/reader.ts';
import { readOpenAiUsage } from '../usage/openai.ts';

/** Usage is told by every terminal event, of an answer that is cut or failed as well. */
export function usageOf(response: JsonObject): Usage | undefined {
  const usage = asObject(response['usage']);
  return usage && readOpenAiUsage(usage, response['service_tier'], response['tool_usage']);
}

/** The code says more than the type, which is often just `error`. */
export function errorOf(error: unknown): UpstreamError {
  const object = asObject(error);
  return readUpstreamError(object?.['code'] ? { code: object['code'], message: object['message'] } : error);
}

/** A completed answer does not say why it stopped: its content does. */
export function stopOf(
  status: 'completed' | 'incomplete',
  response: JsonObject,
  answer: { readonly hasCall: boolean; readonly hasRefusal: boolean },
): StopReason {
  if (status === 'incomplete') return reasonOf(asObject(response['incomplete_details'])?.['reason']);
  if (answer.hasCall) return 'tool_call';
  return answer.hasRefusal ? 'refusal' : 'end';
}

function reasonOf(reason: unknown): StopReason {
  switch (reason) {
    case 'content_filter':
      return 'filter';
    case 'steered':
      return 'paused';
    default:
      return 'length';
  }
}
