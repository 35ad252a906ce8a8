import {
  anything,
  flag,
  isObject,
  kinds,
  list,
  map,
  number,
  object,
  objectSchema,
  objectsOf,
  one,
  type Shape,
  text,
  textOr,
  whole,
  words,
} from './shape.ts';

const cache = object({ type: one('ephemeral') }, { ttl: one('5m', '1h') });
const marked = { cache_control: cache };
const callId = text(/^[a-zA-Z0-9_-]+$/);
const toolName = text(/^[a-zA-Z0-9_-]{1,128}$/);
const base64 = text(/^[A-Za-z0-9+/]+={0,2}$/);
const https = text(/^https?:\/\//);

const textBlock = [{ text: words }, { ...marked, citations: anything }] as const;
const image = [
  {
    source: kinds('type', {
      base64: [{ media_type: one('image/jpeg', 'image/png', 'image/gif', 'image/webp'), data: base64 }],
      url: [{ url: https }],
      file: [{ file_id: words }],
    }),
  },
  marked,
] as const;
const document = [
  {
    source: kinds('type', {
      base64: [{ media_type: one('application/pdf'), data: base64 }],
      text: [{ media_type: one('text/plain'), data: words }],
      url: [{ url: https }],
      file: [{ file_id: words }],
    }),
  },
  { ...marked, title: anything, context: anything, citations: object({ enabled: flag }) },
] as const;
const block = kinds('type', {
  text: textBlock,
  image,
  document,
  tool_use: [
    { id: callId, name: toolName, input: map },
    { ...marked, caller: map },
  ],
  tool_result: [
    { tool_use_id: callId },
    { ...marked, is_error: flag, content: textOr(list(kinds('type', { text: textBlock, image, document }))) },
  ],
  thinking: [{ thinking: text(), signature: words }],
  redacted_thinking: [{ data: words }],
});
const shape = object(
  {
    model: words,
    max_tokens: whole(1),
    messages: list(
      object({ role: one('user', 'assistant', 'system'), content: textOr(list(block, 1)) }, { output_config: map }),
      1,
    ),
  },
  {
    stream: flag,
    system: textOr(list(kinds('type', { text: textBlock }))),
    temperature: number(0, 1),
    top_p: number(0, 1),
    top_k: whole(0),
    stop_sequences: list(words, 1),
    metadata: object({}, { user_id: text(/^[\s\S]{1,512}$/) }),
    service_tier: one('auto', 'standard_only'),
    thinking: kinds('type', {
      enabled: [{ budget_tokens: whole(1_024) }, { display: one('summarized', 'omitted') }],
      adaptive: [{}, { display: one('summarized', 'omitted') }],
      disabled: [{}],
    }),
    output_config: object(
      {},
      {
        effort: one('low', 'medium', 'high', 'xhigh', 'max'),
        format: kinds('type', { json_schema: [{ schema: objectSchema }] }),
      },
    ),
    tools: list(tool),
    tool_choice: kinds('type', {
      auto: [{}, { disable_parallel_tool_use: flag }],
      any: [{}, { disable_parallel_tool_use: flag }],
      tool: [{ name: toolName }, { disable_parallel_tool_use: flag }],
      none: [{}],
    }),
  },
);

function tool(value: unknown, path: string, problems: string[]): void {
  if (isObject(value) && value['type'] === 'web_search_20250305') {
    const limits = { max_uses: whole(1), allowed_domains: list(words), blocked_domains: list(words) };
    const location = kinds('type', {
      approximate: [{}, { city: words, country: words, region: words, timezone: words }],
    });
    object({ type: anything, name: one('web_search') }, { ...limits, user_location: location, ...marked })(
      value,
      path,
      problems,
    );
    return;
  }
  const own = { type: one('custom'), description: text(), strict: flag, ...marked };
  object({ name: toolName, input_schema: objectSchema }, own)(value, path, problems);
}

/** For tests: what api.anthropic.com would refuse in a body of another protocol's client. */
export const anthropicProblems: Shape = (body, path, problems) => {
  shape(body, path, problems);
  if (!isObject(body)) return;
  checkTurns(objectsOf(body['messages']), `${path}.messages`, problems);
  checkThinking(body, path, problems);
  const marks = JSON.stringify(body).match(/"cache_control":/g)?.length ?? 0;
  if (marks > 4) problems.push(`${path}: ${marks} cache marks`);
};

function checkTurns(turns: readonly Record<string, unknown>[], path: string, problems: string[]): void {
  if (turns[0]?.['role'] !== 'user') problems.push(`${path}.0: is not the user's`);
  for (const [index, turn] of turns.entries()) {
    const blocks = objectsOf(turn['content']);
    const isUser = turn['role'] === 'user';
    const wrong = blocks.filter(
      ({ type }) => (type === 'tool_result' || type === 'image') !== isUser && type !== 'text' && type !== 'document',
    );
    if (wrong.length > 0) problems.push(`${path}.${index}: ${wrong[0]?.['type']} in a turn of the ${turn['role']}`);
    const called = idsOf(objectsOf(turns[index - 1]?.['content']), 'tool_use', 'id');
    const results = idsOf(blocks, 'tool_result', 'tool_use_id');
    if (isUser || called.length > 0) compare(called, results, `${path}.${index}`, problems);
    const first = blocks.findIndex(({ type }) => type !== 'tool_result');
    if (first !== -1 && blocks.slice(first).some(({ type }) => type === 'tool_result')) {
      problems.push(`${path}.${index}: a result behind other content`);
    }
  }
  const last = turns.at(-1);
  if (last?.['role'] !== 'assistant') return;
  if (idsOf(objectsOf(last['content']), 'tool_use', 'id').length > 0) problems.push(`${path}: a call without result`);
  const said = typeof last['content'] === 'string' ? last['content'] : objectsOf(last['content']).at(-1)?.['text'];
  if (typeof said === 'string' && said !== said.trimEnd())
    problems.push(`${path}: the beginning of the answer ends in space`);
}

function idsOf(blocks: readonly Record<string, unknown>[], type: string, field: string): string[] {
  return blocks.filter((one) => one['type'] === type).map((one) => String(one[field]));
}

function compare(called: readonly string[], results: readonly string[], path: string, problems: string[]): void {
  const missing = called.filter((id) => !results.includes(id));
  const orphans = results.filter((id) => !called.includes(id));
  if (missing.length + orphans.length > 0)
    problems.push(`${path}: results missing ${missing}, without call ${orphans}`);
  if (new Set(results).size < results.length) problems.push(`${path}: two results of one call`);
}

function checkThinking(body: Record<string, unknown>, path: string, problems: string[]): void {
  const thinking = isObject(body['thinking']) ? body['thinking'] : {};
  if (thinking['type'] === 'disabled' || thinking['type'] === undefined) return;
  if (Number(thinking['budget_tokens']) >= Number(body['max_tokens']))
    problems.push(`${path}.thinking: no room for an answer`);
  if ('temperature' in body && body['temperature'] !== 1) problems.push(`${path}.temperature: with thinking`);
  if ('top_k' in body) problems.push(`${path}.top_k: with thinking`);
  const choice = isObject(body['tool_choice']) ? body['tool_choice']['type'] : undefined;
  if (thinking['type'] === 'enabled' && (choice === 'any' || choice === 'tool'))
    problems.push(`${path}.tool_choice: with thinking`);
}
