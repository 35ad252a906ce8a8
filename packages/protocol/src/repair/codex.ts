import { Draft } from './draft.ts';
import { refusalWords } from './refusal-words.ts';
import type { Repair } from './repair.ts';

/** Whether an upstream takes no other instructions than Codex's own. */
export function refusesInstructions(refusal: Buffer): boolean {
  return /\binstructions are (?:not valid|invalid|required)\b/i.test(refusalWords(refusal));
}

/**
 * A request to Responses with these instructions in the place of its own.
 * @returns undefined where they are the same
 */
export function withInstructions(body: Buffer, instructions: string, reason: string): Repair | undefined {
  const draft = new Draft(body);
  const field = draft.field(draft.root, 'instructions');
  if (draft.scalar(field) === instructions) return undefined;
  if (field) draft.write(field, instructions, 'instructions', reason);
  else draft.add(draft.root, 'instructions', instructions, 'instructions', reason);
  return { body: draft.toBuffer(), betas: undefined, changes: draft.changes };
}
