import { type Repair, refusesInstructions, repairRequest, withInstructions } from '@ai-bridge/protocol';
import type { Call } from './call.ts';
import { mayReplaceInstructions, officialInstructions } from './codex-instructions.ts';
import { betaHeader } from './edited-call.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';

/**
 * What makes a request one that its upstream should take, after it answered 400; undefined where the reason is not known. What strict keys
 * send is never changed, nor is what passes through to the endpoints of one vendor alone.
 *
 * @param call as it was sent
 * @param refusal the body of the 400
 */
export function repairOf(
  request: PlannedRequest,
  call: Call,
  candidate: Candidate,
  refusal: Buffer,
): Repair | undefined {
  if (request.caller.strict || !request.route.isConvertible) return undefined;
  return (
    instructionsRepair(request, call, candidate, refusal) ??
    repairRequest(call.protocol, refusal, { body: call.body, betas: betasOf(call) })
  );
}

function betasOf({ headers }: Call): string | undefined {
  for (let at = 0; at < headers.length; at += 2) if (headers[at] === betaHeader) return headers[at + 1];
  return undefined;
}

function instructionsRepair(
  request: PlannedRequest,
  call: Call,
  candidate: Candidate,
  refusal: Buffer,
): Repair | undefined {
  if (candidate.channel.codexInstructions !== 'auto' || !mayReplaceInstructions(request, call)) return undefined;
  const official = officialInstructions(request, candidate);
  if (official === undefined || !refusesInstructions(refusal)) return undefined;
  return withInstructions(call.body, official, "Codex's own instead: the upstream takes no others");
}
