/** What the demo reads of a request, whatever protocol it came in. */
export interface Question {
  readonly model: string;
  readonly isStream: boolean;
  /** All text of the prompt: what the input token count is made from. */
  readonly promptText: string;
  /** The last thing the person wrote. */
  readonly lastUserText: string;
  /** Text of a tool's result, when the conversation ends with one. */
  readonly toolResult: string | undefined;
  readonly tools: readonly OfferedTool[];
  readonly maxOutputTokens: number | undefined;
}

export interface OfferedTool {
  readonly name: string;
  /** JSON schema of its arguments, as far as it is one. */
  readonly schema: Fields;
}

/** A JSON object of unknown content. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The text in a content that is a string or a list of parts with `text`. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content)
    .map((part) => textOf(fieldsOf(part)['text']))
    .filter((text) => text !== '')
    .join('\n');
}

export function positiveInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}
