import type { Loss, Protocol } from '@ai-bridge/domain';
import { type Repair, toldChanges } from '@ai-bridge/protocol';
import type { AnswerBody } from './answer-body.ts';
import type { Call } from './call.ts';

export const betaHeader = 'anthropic-beta';

/** A call whose request was changed for what its upstream takes; the answer is taken in as that of the call it was made from. */
export class EditedCall implements Call {
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly query: string;
  readonly headers: string[];
  readonly body: Buffer;
  readonly isConverted: boolean;
  readonly losses: readonly Loss[];
  readonly isKept: boolean;
  readonly answerType: string | undefined;
  /** What was changed. */
  readonly changes: readonly Loss[];
  readonly #call: Call;

  /** @param call not sent yet */
  constructor(call: Call, repair: Repair) {
    this.#call = call;
    this.protocol = call.protocol;
    this.endpoint = call.endpoint;
    this.query = call.query;
    this.headers = repair.betas === undefined ? call.headers : withBetas(call.headers, repair.betas);
    this.body = repair.body;
    this.isConverted = call.isConverted;
    this.changes = toldChanges(repair.changes);
    this.losses = [...call.losses, ...this.changes];
    this.isKept = call.isKept;
    this.answerType = call.answerType;
  }

  takeIn(type: string): AnswerBody | string {
    return this.#call.takeIn(type);
  }
}

function withBetas(headers: readonly string[], betas: string): string[] {
  const changed: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] as string;
    if (name !== betaHeader) changed.push(name, headers[at + 1] as string);
    else if (betas !== '') changed.push(name, betas);
  }
  return changed;
}
