import { RelayError } from '@ai-bridge/domain';
import { errorMessage } from '../errors/messages.ts';
import type { StopReason } from '../neutral/events.ts';
import type { UpstreamError } from '../stream/reader.ts';
import type { Progress } from './skeleton.ts';

type Ending = Pick<Progress, 'status' | 'incompleteReason' | 'error'> & {
  readonly status: 'completed' | 'incomplete' | 'failed';
};

/** How an answer ends that stopped for this reason. */
export function endingOf(reason: StopReason): Ending {
  switch (reason) {
    case 'length':
    case 'context_full':
      return { status: 'incomplete', incompleteReason: 'max_output_tokens' };
    case 'refusal':
    case 'filter':
      return { status: 'incomplete', incompleteReason: 'content_filter' };
    case 'malformed_call':
      return { status: 'failed', error: { code: 'server_error', message: 'The model made a malformed tool call.' } };
    default:
      return { status: 'completed' };
  }
}

/**
 * An upstream's error in words that may be shown, with a code that Codex acts on: it compacts on `context_length_exceeded`, waits on
 * `rate_limit_exceeded` and `server_is_overloaded`, and tries again on all others. Whose account ran out or was refused is not told.
 */
export function clientError({ type, message }: UpstreamError): { code: string; message: string } {
  if (isTooLong(type, message)) {
    return { code: 'context_length_exceeded', message: 'The prompt is longer than the context window of the model.' };
  }
  if (/rate_limit|resource_exhausted|^429$/i.test(type)) {
    return { code: 'rate_limit_exceeded', message: errorMessage(new RelayError('rate_limit_exceeded'), 'en') };
  }
  if (/overloaded|unavailable|slow_down|^(503|529)$/i.test(type)) {
    return { code: 'server_is_overloaded', message: errorMessage(new RelayError('overloaded'), 'en') };
  }
  return { code: 'server_error', message: errorMessage(new RelayError('upstream_broke'), 'en') };
}

function isTooLong(type: string, message: string): boolean {
  return (
    type === 'context_length_exceeded' || /prompt is too long|maximum context length|context window/i.test(message)
  );
}
