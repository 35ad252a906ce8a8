import type { Loss, Protocol } from '@ai-bridge/domain';
import { repairAnthropic, repairBetas } from './anthropic.ts';
import { Draft } from './draft.ts';
import { repairGemini } from './gemini.ts';
import { repairOpenAi } from './openai.ts';
import { refusalWords } from './refusal-words.ts';

/** A request as an upstream should take it, and what became other by it. */
export interface Repair {
  readonly body: Buffer;
  /** The anthropic-beta header from now on, empty for none; undefined: as it was. */
  readonly betas: string | undefined;
  /** In the words of the upstream's protocol: this is where the request was changed. */
  readonly changes: readonly Loss[];
}

/** A larger body takes too long to read while everybody else waits. */
const maxBodyBytes = 4 * 1024 * 1024;

const rules: Record<Protocol, (words: string, draft: Draft) => boolean> = {
  'anthropic-messages': repairAnthropic,
  'openai-chat': repairOpenAi,
  'openai-responses': repairOpenAi,
  gemini: repairGemini,
};

/**
 * Repairs a request that an upstream refused with a 400 for a reason that is known, by taking out or bounding what it names. Everything
 * else of the body stays as it is, byte by byte.
 *
 * @param protocol what the upstream speaks
 * @param refusal the body of its 400
 * @param sent what it was sent: well-formed JSON, and the anthropic-beta header if there was one
 * @returns undefined where the reason is not known, nothing can be done about it, or the body is larger than 4 MiB
 */
export function repairRequest(
  protocol: Protocol,
  refusal: Buffer,
  sent: { readonly body: Buffer; readonly betas: string | undefined },
): Repair | undefined {
  const words = refusalWords(refusal);
  if (protocol === 'anthropic-messages' && sent.betas !== undefined) {
    const betas = repairBetas(words, sent.betas);
    if (betas) {
      const reason = 'the upstream does not know it';
      const changes = betas.gone.map((value) => ({ path: `anthropic-beta.${value}`, reason }));
      return { body: sent.body, betas: betas.left, changes };
    }
  }
  if (sent.body.length > maxBodyBytes) return undefined;
  const draft = new Draft(sent.body);
  if (!rules[protocol](words, draft)) return undefined;
  return { body: draft.toBuffer(), betas: undefined, changes: draft.changes };
}
