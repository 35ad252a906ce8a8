import { withInstructions } from '@ai-bridge/protocol';
import type { RequestHeaders } from '../http1/request-head.ts';
import type { Call } from './call.ts';
import { EditedCall } from './edited-call.ts';
import type { PlannedRequest } from './planned-request.ts';
import type { Candidate } from './route-plan.ts';
import { upstreamModel } from './spoken-protocols.ts';

const everyOther = '*';

/** Whether a request comes from Codex, in any of its forms: codex_cli_rs, codex_exec, codex_vscode, Codex Desktop. */
export function isCodex(headers: RequestHeaders): boolean {
  return /^codex/i.test(String(headers['originator'] ?? '')) || /^codex/i.test(headers['user-agent'] ?? '');
}

/** Only what Codex sends in its own protocol has instructions of that kind. What a strict key sends is never changed. */
export function mayReplaceInstructions({ caller, route, exchange }: PlannedRequest, call: Call): boolean {
  return (
    call.protocol === 'openai-responses' &&
    route.protocol === 'openai-responses' &&
    route.provider === undefined &&
    !caller.strict &&
    isCodex(exchange.request.headers)
  );
}

/** The instructions that the operator stored for the upstream's model: those of the longest beginning of its id. */
export function officialInstructions({ plan }: PlannedRequest, { channel, model }: Candidate): string | undefined {
  const texts = plan.snapshot.settings.codexOfficialInstructions;
  const id = upstreamModel(channel, model);
  let family: string | undefined;
  for (const beginning of Object.keys(texts))
    if (id.startsWith(beginning) && beginning.length > (family?.length ?? 0)) family = beginning;
  return texts[family ?? everyOther];
}

/** The call as a channel wants it that takes nothing but the official instructions. */
export function withOfficialInstructions(request: PlannedRequest, call: Call, candidate: Candidate): Call {
  if (candidate.channel.codexInstructions !== 'force_official' || !mayReplaceInstructions(request, call)) return call;
  const official = officialInstructions(request, candidate);
  if (official === undefined) return call;
  const repair = withInstructions(call.body, official, "Codex's own instead: the channel is set up so");
  return repair ? new EditedCall(call, repair) : call;
}
