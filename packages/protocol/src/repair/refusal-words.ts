import { parseObjectText } from '../json/parse.ts';

/** Gateways put the error that they got into the message of their own, as JSON in a string. */
const maxNesting = 4;
const maxWordsCharacters = 16_384;

/** All that an error answer says, a line for each text in it, texts that are JSON themselves opened. */
export function refusalWords(body: Buffer): string {
  const lines: string[] = [];
  collect(body.toString(), 0, lines);
  return lines.join('\n').slice(0, maxWordsCharacters);
}

function collect(value: unknown, nesting: number, lines: string[]): void {
  if (nesting > maxNesting * 2) return;
  if (typeof value === 'string') {
    const at = value.indexOf('{');
    const inner = at === -1 ? undefined : parseObjectText(value.slice(at, value.lastIndexOf('}') + 1));
    if (inner) collect(inner, nesting + 1, lines);
    else lines.push(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) collect(member, nesting + 1, lines);
  }
}
