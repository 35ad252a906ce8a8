import {
  anything,
  flag,
  isObject,
  kinds,
  list,
  map,
  number,
  object,
  objectsOf,
  one,
  type Shape,
  text,
  textOr,
  whole,
  words,
} from './shape.ts';

const name = text(/^[a-zA-Z0-9_-]{1,64}$/);
const callId = text(/^.{1,64}$/);
const itemId = text(/^[a-zA-Z0-9_-]{1,64}$/);
const said = {
  input_text: [{ text: text() }],
  input_image: [
    {},
    { image_url: text(/^(https?:|data:image\/)/), file_id: words, detail: one('auto', 'low', 'high', 'original') },
  ],
  input_file: [{}, { file_data: text(/^data:/), file_url: text(/^https?:/), file_id: words, filename: words }],
  input_audio: [{ input_audio: object({ data: words, format: one('wav', 'mp3') }) }],
} as const;
const answered = {
  output_text: [{ text: text() }, { annotations: list(map), logprobs: list(anything) }],
  refusal: [{ refusal: words }],
} as const;
const output = textOr(
  list(kinds('type', { input_text: said.input_text, input_image: said.input_image, input_file: said.input_file }), 1),
);
const item = kinds('type', {
  message: [
    { role: one('user', 'system', 'developer', 'assistant'), content },
    { id: itemId, status: anything, phase: words },
  ],
  reasoning: [
    { summary: list(kinds('type', { summary_text: [{ text: text() }] })) },
    { id: itemId, encrypted_content: words, content: anything },
  ],
  function_call: [
    { call_id: callId, name, arguments: text() },
    { id: itemId, namespace: words, status: anything },
  ],
  function_call_output: [{ call_id: callId, output }, { id: itemId }],
  custom_tool_call: [
    { call_id: callId, name, input: text() },
    { id: itemId, namespace: words },
  ],
  custom_tool_call_output: [{ call_id: callId, output }, { id: itemId }],
});
const tool = kinds('type', {
  function: [{ name, parameters: anything, strict: flag }, { description: text() }],
  custom: [{ name }, { description: text(), format: map }],
  web_search: [
    {},
    { filters: object({}, { allowed_domains: list(words), blocked_domains: list(words) }), user_location: map },
  ],
});
const choice = kinds('type', {
  function: [{ name }],
  custom: [{ name }],
  allowed_tools: [{ mode: one('auto', 'required'), tools: list(map, 1) }],
});
const shape = object(
  { model: words, input: textOr(list(item, 1)) },
  {
    instructions: text(),
    stream: flag,
    store: one(false),
    include: list(one('reasoning.encrypted_content')),
    max_output_tokens: whole(16),
    temperature: number(0, 2),
    top_p: number(0, 1),
    tools: list(tool, 1),
    tool_choice: (value, path, problems) => {
      if (isObject(value)) choice(value, path, problems);
      else one('none', 'auto', 'required')(value, path, problems);
    },
    parallel_tool_calls: flag,
    reasoning: object(
      {},
      { effort: one('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'), summary: one('auto') },
    ),
    text: object(
      {},
      {
        verbosity: one('low', 'medium', 'high'),
        format: kinds('type', {
          json_object: [{}],
          json_schema: [
            { name, schema: map },
            { description: text(), strict: flag },
          ],
        }),
      },
    ),
    safety_identifier: text(/^[\s\S]{1,128}$/),
    prompt_cache_key: words,
    service_tier: one('auto', 'default', 'flex', 'scale', 'priority', 'fast'),
  },
);

/** What a role may say: the assistant's words are output, all others' input. */
function content(value: unknown, path: string, problems: string[]): void {
  if (typeof value === 'string') return;
  const isAnswer = objectsOf(value).some(({ type }) => type === 'output_text' || type === 'refusal');
  list(kinds('type', isAnswer ? answered : said), 1)(value, path, problems);
}

/** For tests: what api.openai.com would refuse in a Responses body of another protocol's client. */
export const responsesProblems: Shape = (body, path, problems) => {
  // A message may leave its type out.
  const typed = isObject(body) && Array.isArray(body['input']) ? { ...body, input: body['input'].map(withType) } : body;
  shape(typed, path, problems);
  if (!isObject(typed)) return;
  const items = objectsOf(typed['input']);
  for (const [index, { role, content: parts }] of items.entries()) {
    const isAnswer = objectsOf(parts).some(({ type }) => type === 'output_text' || type === 'refusal');
    if (objectsOf(parts).length > 0 && isAnswer !== (role === 'assistant'))
      problems.push(`${path}.input.${index}: ${role}`);
  }
  checkCalls(items, `${path}.input`, problems);
  for (const field of ['tool_choice', 'parallel_tool_calls']) {
    if (field in typed && !typed['tools']) problems.push(`${path}.${field}: without tools`);
  }
};

function withType(entry: unknown): unknown {
  return isObject(entry) && entry['role'] && entry['type'] === undefined ? { ...entry, type: 'message' } : entry;
}

/** Each call has one output behind it, of its own kind. */
function checkCalls(items: readonly Record<string, unknown>[], path: string, problems: string[]): void {
  const open = new Map<unknown, string>();
  for (const [index, entry] of items.entries()) {
    const type = String(entry['type']);
    if (type === 'function_call' || type === 'custom_tool_call') open.set(entry['call_id'], type);
    if (!type.endsWith('_output')) continue;
    if (`${open.get(entry['call_id'])}_output` !== type)
      problems.push(`${path}.${index}: an output without its call before it`);
    open.delete(entry['call_id']);
  }
  if (open.size > 0) problems.push(`${path}: calls without output: ${[...open.keys()]}`);
}
