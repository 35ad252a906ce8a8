import { parseObjectText } from '../json/parse.ts';

/**
 * The input of a tool call as the text of a JSON object, its bytes kept where they are one.
 *
 * @returns undefined where it is none
 */
export function objectText(input: string): string | undefined {
  if (input.trim() === '') return '{}';
  return parseObjectText(input) && input;
}
