import { type Repair, refusesInstructions, repairRequest, withInstructions } from '@ai-bridge/protocol';
import type { Call } from './call.ts';
import { mayReplaceInstructions, officialInstructions } from './codex-instructions.ts';
import { betaHeader, EditedCall } from './edited-call.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';

/**
 * A call that its upstream should take now, after it answered 400; undefined where the reason is not known. What strict keys send is never
 * changed, nor is what passes through to the endpoints of one vendor alone.
 *
 * @param call the same call, not sent yet
 */
export function repairedCall(
  request: PlannedRequest,
  call: Call,
  candidate: Candidate,
  refusal: Buffer,
): EditedCall | undefined {
  if (request.caller.strict || !request.route.isConvertible) return undefined;
  const repair = instructionsRepair(request, call, candidate, refusal) ?? repairOf(call, refusal);
  return repair && new EditedCall(call, repair);
}

function repairOf(call: Call, refusal: Buffer): Repair | undefined {
  const at = call.headers.indexOf(betaHeader);
  const betas = at === -1 ? undefined : call.headers[at + 1];
  return repairRequest(call.protocol, refusal, { body: call.body, betas });
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
