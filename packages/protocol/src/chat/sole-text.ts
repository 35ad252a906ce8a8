import { asObject, asText, type JsonObject } from '../json/parse.ts';

/** Members of a delta that more is gathered from than what is told at once. */
const gathered = ['reasoning_details', 'annotations', 'audio', 'function_call'];

/** The one text that a delta adds: of the answer, of thinking, or of a call's arguments. undefined where there is more to it. */
export function soleTextOf(delta: JsonObject): string | undefined {
  if (gathered.some((member) => delta[member])) return undefined;
  if (Array.isArray(delta['content'])) return undefined;
  const texts = [
    asText(delta['reasoning_content']) ?? asText(delta['reasoning']),
    asText(delta['content']),
    asText(delta['refusal']),
    ...callTexts(delta['tool_calls']),
  ].filter((text) => text !== undefined);
  return texts.length === 1 ? texts[0] : undefined;
}

/** Arguments of a numbered call that was named before: only those are sure to go on with it. A fragment of any other kind counts as ''. */
function callTexts(calls: unknown): (string | undefined)[] {
  if (!Array.isArray(calls)) return [];
  return calls.map((value) => {
    const called = asObject(asObject(value)?.['function']);
    const isNamed = typeof asObject(value)?.['index'] !== 'number' || asText(called?.['name']) !== undefined;
    return (isNamed ? undefined : asText(called?.['arguments'])) ?? '';
  });
}
