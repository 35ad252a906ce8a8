import { asObject, parseObjectText } from '../json/parse.ts';

/** Schema of the function that stands for a tool of free text where a model knows functions only. */
export const freeformSchema = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
  additionalProperties: false,
} as const;

/** Free text as the arguments of that function. */
export function wrapFreeform(input: string): string {
  return JSON.stringify({ input });
}

/**
 * The free text in the arguments of that function; the arguments themselves where a model did not keep to the schema. One that gave its
 * only field another name meant the same.
 */
export function unwrapFreeform(text: string): string {
  const object = parseObjectText(text);
  const texts = Object.values(object ?? {}).filter((value) => typeof value === 'string');
  const input = object?.['input'] ?? (texts.length === 1 ? texts[0] : undefined);
  return typeof input === 'string' ? input : text;
}

/** What the tool's description has to add where its grammar cannot be enforced; '' where it has none. */
export function grammarNote(format: unknown): string {
  const object = asObject(format);
  if (object?.['type'] !== 'grammar') return '';
  const grammar = asObject(object['grammar']) ?? object;
  const { syntax, definition } = grammar;
  if (typeof definition !== 'string') return '';
  return `\n\nThe input must follow this ${typeof syntax === 'string' ? `${syntax} ` : ''}grammar:\n${definition}`;
}
