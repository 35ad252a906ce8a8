import type { Part } from './parts.ts';
import type { NeutralRequest } from './request.ts';

/**
 * A request for another model than its client speaks with: what the client brought of the first one's sealed thinking is marked as that
 * one's, so that it is left out where it would be refused.
 * @param model what the client asked for
 */
export function forOtherModel(request: NeutralRequest, model: string): NeutralRequest {
  const turns = request.turns.map((turn) => ({ ...turn, parts: turn.parts.map((part) => markedAs(part, model)) }));
  return { ...request, turns };
}

function markedAs(part: Part, model: string): Part {
  if (part.kind !== 'thinking' && part.kind !== 'tool_call') return part;
  const { signature } = part;
  if (!signature || signature.origin.model !== undefined) return part;
  return { ...part, signature: { ...signature, origin: { ...signature.origin, model } } };
}
