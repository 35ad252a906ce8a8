import type { Loss, Protocol } from '@ai-bridge/domain';
import { type Carried, codecOf, type NeutralRequest, type Target } from '@ai-bridge/protocol';
import type { Hold } from './hold.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { upstreamModel } from './spoken-protocols.ts';

const parsed = new WeakMap<PlannedRequest, Carried<NeutralRequest>>();

/** A request read once, however many channels of other protocols it is tried on. */
function parse(request: PlannedRequest): Carried<NeutralRequest> {
  let carried = parsed.get(request);
  if (!carried) {
    carried = codecOf(request.route.protocol).parseRequest(request.body, request.route.pathHead);
    parsed.set(request, carried);
  }
  return carried;
}

/**
 * A request in neutral words, with the output cap that the balance allows.
 * @throws RelayError invalid_request with the field that is malformed
 */
export function neutralOf(request: PlannedRequest, hold: Hold): NeutralRequest {
  const { value } = parse(request);
  return hold.capOutputTokens === undefined ? value : { ...value, maxOutputTokens: hold.capOutputTokens };
}

/** What reading the request lost already. */
export function readingLosses(request: PlannedRequest): readonly Loss[] {
  return parse(request).losses;
}

export function targetFor({ channel, model }: Candidate, protocol: Protocol): Target {
  return {
    origin: { protocol, channelId: channel.id, model: upstreamModel(channel, model) },
    maxOutputTokens: model.maxOutputTokens,
  };
}
