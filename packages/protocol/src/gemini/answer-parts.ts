import { parseObjectText } from '../json/parse.ts';
import type { Block } from '../neutral/events.ts';
import { wrapFreeform } from '../neutral/freeform.ts';
import type { Signature } from '../neutral/signature.ts';
import { sealSlot } from './signature-slot.ts';

/** A text part of an answer, as JSON, from its text as JSON. */
export function textPart(json: string): string {
  return `{"text":${json}}`;
}

/** A thought, from its text as JSON. An empty one was not shown or ends here; one without (undefined) has none that could be shown. */
export function thoughtPart(json: string | undefined, signature?: Signature): string {
  const words = json === undefined ? '' : `"text":${json},`;
  return `{${words}"thought":true${signatureField(signature)}}`;
}

/** A call, whole, as Gemini tells it. Its arguments are the upstream's own bytes. */
export function callPart(block: Extract<Block, { kind: 'tool_call' }>, input: string): string {
  const { id, name, signature } = block;
  const call = `"id":${JSON.stringify(id)},"name":${JSON.stringify(name)},"args":${argumentsOf(block.form, input)}`;
  return `{"functionCall":{${call}}${signatureField(signature)}}`;
}

function argumentsOf(form: 'json' | 'text', input: string): string {
  if (form === 'text') return wrapFreeform(input);
  if (input.trim() === '') return '{}';
  if (!parseObjectText(input)) return `{"_raw":${JSON.stringify(input)}}`;
  // Between the tokens of JSON line ends mean nothing, within an SSE event they would end the line.
  return input.replace(/[\r\n]+/g, ' ');
}

function signatureField(signature: Signature | undefined): string {
  return signature ? `,"thoughtSignature":${JSON.stringify(sealSlot(signature))}` : '';
}
