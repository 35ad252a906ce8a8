import type { Protocol } from '@ai-bridge/domain';
import { nativeProtocol } from './protocols.ts';
import type { Question, Turn } from './request.ts';

/** What the form holds: text as typed. */
export interface PlaygroundForm {
  /** Undefined: the first that works. */
  readonly apiKeyId: string | undefined;
  readonly model: string | undefined;
  /** Undefined: the one that the model is asked in without being converted. */
  readonly protocol: Protocol | undefined;
  readonly system: string;
  readonly turns: readonly Turn[];
  readonly temperature: string;
  readonly maxTokens: string;
}

export const emptyForm: PlaygroundForm = {
  ...{ apiKeyId: undefined, model: undefined, protocol: undefined, system: '' },
  turns: [{ role: 'user', text: '' }],
  ...{ temperature: '', maxTokens: '1024' },
};

/** The most characters of one message. */
export const maxTextCharacters = 200_000;
export const maxTokensAtMost = 1_000_000;

/** The form as a question; undefined while something is missing or is no number. */
export function questionOf(
  form: PlaygroundForm,
  model: { readonly id: string; readonly provider: string } | undefined,
): Question | undefined {
  const turns = form.turns.filter(({ text }) => text.trim() !== '');
  const temperature = form.temperature.trim() === '' ? undefined : Number(form.temperature);
  const maxTokens = Number(form.maxTokens);
  if (!model || turns.length !== form.turns.length) return undefined;
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2)) return undefined;
  if (!Number.isInteger(maxTokens) || maxTokens < 1 || maxTokens > maxTokensAtMost) return undefined;
  const protocol = form.protocol ?? nativeProtocol(model.provider);
  return { protocol, model: model.id, system: form.system.trim(), turns, temperature, maxTokens };
}
