import type { TextPart } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { badField } from './fields.ts';
import { type Block, renderPart } from './render-content.ts';
import { ToolIds } from './tool-ids.ts';
import type { Writing } from './writing.ts';

/** Stands for a format that the provider cannot guarantee. */
const jsonInstruction: TextPart = {
  kind: 'text',
  text: 'Answer with one JSON object and nothing else: no explanation, and no code fence around it.',
};

/**
 * The system prompt, ready but for its cache marks.
 *
 * @param leading how many turns of the conversation belong to it
 * @throws RelayError invalid_request where it holds more than text
 */
export function renderSystem({ system, turns, format }: NeutralRequest, leading: number, writing: Writing): Block[] {
  const parts = turns.slice(0, leading).flatMap(({ parts }, turn) =>
    parts.map((part, at) => {
      if (part.kind === 'text') return part;
      throw badField(`messages.${turn}.content.${at}`, 'the provider takes text only as an instruction');
    }),
  );
  const all: TextPart[] = [...system, ...parts];
  if (format?.kind === 'json') {
    writing.losses.add(
      'response_format',
      'the provider cannot guarantee JSON without a schema: the model is asked for it',
    );
    all.push(jsonInstruction);
  }
  const ids = new ToolIds();
  return all.flatMap((part, index) => renderPart(part, 'system', `system.${index}`, ids, writing) ?? []);
}
