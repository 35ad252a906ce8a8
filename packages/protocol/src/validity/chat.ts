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
const textPart = { text: [{ text: text() }] } as const;
const userPart = kinds('type', {
  ...textPart,
  image_url: [
    { image_url: object({ url: text(/^(https?:|data:image\/)/) }, { detail: one('auto', 'low', 'high', 'original') }) },
  ],
  input_audio: [{ input_audio: object({ data: words, format: one('wav', 'mp3') }) }],
  file: [{ file: object({}, { file_data: text(/^data:/), file_id: words, filename: words }) }],
});
const toolCall = kinds('type', {
  function: [{ id: text(/^.{1,64}$/), function: object({ name, arguments: jsonText }) }, { extra_content: map }],
  custom: [{ id: text(/^.{1,64}$/), custom: object({ name, input: text() }) }],
});
const choice = kinds('type', {
  function: [{ function: object({ name }) }],
  custom: [{ custom: object({ name }) }],
  allowed_tools: [{ allowed_tools: object({ mode: one('auto', 'required'), tools: list(map, 1) }) }],
});
const shape = object(
  {
    model: words,
    messages: list(
      kinds('role', {
        system: [{ content: textOr(list(kinds('type', textPart), 1)) }],
        developer: [{ content: textOr(list(kinds('type', textPart), 1)) }],
        user: [{ content: textOr(list(userPart, 1)) }],
        assistant: [
          {},
          {
            content: (value, path, problems) => {
              if (value !== null)
                textOr(list(kinds('type', { ...textPart, refusal: [{ refusal: words }] }), 1))(value, path, problems);
            },
            refusal: anything,
            tool_calls: list(toolCall, 1),
            reasoning_content: text(),
            reasoning_details: anything,
          },
        ],
        tool: [{ tool_call_id: words, content: textOr(list(kinds('type', textPart), 1)) }],
      }),
      1,
    ),
  },
  {
    stream: flag,
    stream_options: object({ include_usage: flag }),
    max_tokens: whole(1),
    max_completion_tokens: whole(1),
    temperature: number(0, 2),
    top_p: number(0, 1),
    presence_penalty: number(-2, 2),
    frequency_penalty: number(-2, 2),
    seed: whole(Number.MIN_SAFE_INTEGER),
    stop: list(text(/^[\s\S]+$/), 1, 4),
    tools: list(
      kinds('type', {
        function: [{ function: object({ name }, { description: text(), parameters: map, strict: flag }) }],
        custom: [{ custom: object({ name }, { description: text(), format: map }) }],
      }),
      1,
    ),
    tool_choice: (value, path, problems) => {
      if (isObject(value)) choice(value, path, problems);
      else one('none', 'auto', 'required')(value, path, problems);
    },
    parallel_tool_calls: flag,
    response_format: kinds('type', {
      json_object: [{}],
      json_schema: [{ json_schema: object({ name }, { description: text(), schema: map, strict: flag }) }],
    }),
    reasoning_effort: one('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
    verbosity: one('low', 'medium', 'high'),
    web_search_options: object({}, { search_context_size: one('low', 'medium', 'high'), user_location: map }),
    service_tier: one('auto', 'default', 'flex', 'scale', 'priority', 'fast'),
    user: words,
    safety_identifier: text(/^[\s\S]{1,128}$/),
    prompt_cache_key: words,
    store: flag,
  },
);

function jsonText(value: unknown, path: string, problems: string[]): void {
  try {
    JSON.parse(String(value));
  } catch {
    problems.push(`${path}: is no JSON`);
  }
}

/** For tests: what api.openai.com would refuse in a chat body of another protocol's client. */
export const chatProblems: Shape = (body, path, problems) => {
  shape(body, path, problems);
  if (!isObject(body)) return;
  checkResults(objectsOf(body['messages']), `${path}.messages`, problems);
  if (body['stream_options'] && body['stream'] !== true) problems.push(`${path}.stream_options: without a stream`);
  for (const field of ['tool_choice', 'parallel_tool_calls']) {
    if (field in body && !body['tools']) problems.push(`${path}.${field}: without tools`);
  }
  if ('max_tokens' in body && 'max_completion_tokens' in body) problems.push(`${path}.max_tokens: said twice`);
  const format = isObject(body['response_format']) ? body['response_format'] : {};
  if (format['type'] === 'json_object' && !/json/i.test(JSON.stringify(body['messages']))) {
    problems.push(`${path}.response_format: JSON is not spoken of`);
  }
};

/** Each call is answered by one tool message, directly behind the message that called. */
function checkResults(messages: readonly Record<string, unknown>[], path: string, problems: string[]): void {
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    if (message['role'] === 'tool') {
      const id = String(message['tool_call_id']);
      if (!open.includes(id)) problems.push(`${path}.${index}: a result without its call before it`);
      open = open.filter((other) => other !== id);
      continue;
    }
    if (open.length > 0) problems.push(`${path}.${index}: calls without results: ${open}`);
    open = objectsOf(message['tool_calls']).map(({ id }) => String(id));
    if (message['role'] === 'assistant' && message['content'] == null && open.length === 0 && !message['refusal']) {
      problems.push(`${path}.${index}: says nothing`);
    }
  }
  if (open.length > 0) problems.push(`${path}: calls without results: ${open}`);
}
