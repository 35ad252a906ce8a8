import { RelayError } from '@ai-bridge/domain';
import { editRequest, type RequestEdit, type RequestHead, setFormField } from '@ai-bridge/protocol';
import type { RelayRoute } from '../http/routes.ts';
import type { Hold } from './hold.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { upstreamModel } from './spoken-protocols.ts';

/**
 * The body for one channel: the client's own bytes but for the edits that passthrough allows itself (the channel's model id, an
 * affordable output cap, a chat stream's include_usage).
 */
export function upstreamBody({ head, body, form, route }: PlannedRequest, hold: Hold, candidate: Candidate): Buffer {
  const model = upstreamModel(candidate.channel, candidate.model);
  if (form) {
    // Forms have no word for a cap.
    if (hold.capOutputTokens !== undefined) throw new RelayError('insufficient_balance');
    return setFormField(body, form.model, model);
  }
  const wantsUsage = addsIncludeUsage(head, route);
  if (model === head.model && hold.capOutputTokens === undefined && !wantsUsage) return body;
  const edit: RequestEdit = {
    ...(model === head.model ? {} : { model }),
    ...(hold.capOutputTokens === undefined ? {} : { maxOutputTokens: hold.capOutputTokens }),
    ...(wantsUsage ? { includeUsage: true as const } : {}),
  };
  return editRequest(body, head, edit);
}

/** A chat stream reports its usage only when asked to; the extra chunk is taken out again for a client that did not ask. */
export function addsIncludeUsage(head: RequestHead, route: RelayRoute): boolean {
  return route.endpoint === '/v1/chat/completions' && head.stream && !head.includeUsage;
}
