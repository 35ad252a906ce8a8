import type { Protocol } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { repairRequest } from './repair.ts';
import { toldChanges } from './told-changes.ts';

const anthropic = (message: string) =>
  JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'req_1' });
const openAi = (message: string, param: string | null, code: string | null) =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param, code } });
const google = (message: string) => JSON.stringify({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } });

const repair = (protocol: Protocol, refusal: string, body: unknown, betas?: string) =>
  repairRequest(protocol, Buffer.from(refusal), { body: Buffer.from(JSON.stringify(body)), betas });

/** The repaired body, parsed, and where it was changed. */
function repaired(protocol: Protocol, refusal: string, body: unknown) {
  const found = repair(protocol, refusal, body);
  return found && { body: JSON.parse(String(found.body)), paths: found.changes.map(({ path }) => path) };
}

const thought = (signature: string) => ({ type: 'thinking', thinking: 'Hm.', signature });
const text = (words: string) => ({ type: 'text', text: words });
const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const use = { type: 'tool_use', id: 't1', name: 'f', input: { n: 1 } };
const result = { type: 'tool_result', tool_use_id: 't1', content: 'r' };
const badSignature = 'messages.1.content.0: Invalid `signature` in `thinking` block';

const conversation = {
  model: 'm',
  max_tokens: 8000,
  thinking: { type: 'adaptive' },
  messages: [
    user(text('a')),
    assistant(thought('one'), text('b')),
    user(text('c')),
    assistant({ type: 'redacted_thinking', data: 'x' }, text('d')),
    user(text('e')),
  ],
};

test('thinking is dropped from the named block on, and what has passed before it stays', () => {
  const second = repaired('anthropic-messages', anthropic(badSignature.replace('1', '3')), conversation);
  expect(second?.paths).toEqual(['messages.3.content.0']);
  expect(second?.body.messages[1]).toEqual(conversation.messages[1]);
  expect(second?.body.messages[3]).toEqual(assistant(text('d')));
  const first = repaired('anthropic-messages', anthropic(badSignature), conversation);
  expect(first?.paths).toEqual(['messages.1.content.0', 'messages.3.content.0']);
});

test.each([
  ['no place is named', '***.***.content.0: Invalid `signature` in `thinking` block'],
  ['the named place is no thinking', badSignature.replace('1', '2')],
  [
    'blocks were changed',
    '`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
  ],
  ['a signature is missing', 'messages.9.content.0.thinking.signature: Field required'],
  [
    'a block is bound to another conversation',
    'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation.',
  ],
])('all thinking is dropped where %s', (_, message) => {
  const { body } = repaired('anthropic-messages', anthropic(message), conversation) ?? {};
  expect(JSON.stringify(body)).not.toMatch(/"(redacted_)?thinking","/);
  expect(body.messages).toHaveLength(5);
});

test.each([
  ['a gateway of Google', google(anthropic(badSignature))],
  [
    'another relay',
    JSON.stringify({
      type: 'error',
      error: { type: 'request_fail', upstream_error: { error: { message: badSignature } } },
    }),
  ],
  ['Bedrock', JSON.stringify({ message: `ValidationException: ${badSignature}` })],
  ['a text that is no JSON', `Bad Request: ${badSignature}`],
])('an error is known inside the words of %s', (_, refusal) => {
  expect(repaired('anthropic-messages', refusal, conversation)?.paths).toHaveLength(2);
});

test('a message that was nothing but thinking goes with it', () => {
  const messages = [user(text('a')), assistant(thought('one')), assistant(text('b'))];
  const found = repaired('anthropic-messages', anthropic(badSignature), { ...conversation, messages });
  expect(found?.body.messages).toEqual([messages[0], messages[2]]);
  expect(found?.paths).toEqual(['messages.1']);
});

test('a tool loop that loses its thinking goes on without thinking, and without what needs it', () => {
  const request = {
    ...conversation,
    thinking: { type: 'enabled', budget_tokens: 2048 },
    context_management: { edits: [{ type: 'clear_thinking_20251015' }, { type: 'clear_tool_uses_20250919' }] },
    messages: [user(text('a')), assistant(thought('x'), use), user(result)],
  };
  const found = repaired('anthropic-messages', anthropic(badSignature), request);
  expect(found?.body.thinking).toBeUndefined();
  expect(found?.body.context_management).toEqual({ edits: [{ type: 'clear_tool_uses_20250919' }] });
  expect(found?.paths).toEqual(['messages.1.content.0', 'thinking', 'context_management.edits.0']);
  const adaptive = repaired('anthropic-messages', anthropic(badSignature), {
    ...request,
    thinking: conversation.thinking,
  });
  expect(adaptive?.body.thinking).toEqual(conversation.thinking);
});

const expectedThinking =
  'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block';
const tooMuch = 'max_tokens: 48000 > 32000, which is the maximum allowed number of output tokens for claude-opus-4-1';
const budget = (tokens: number) => ({ type: 'enabled', budget_tokens: tokens });

test.each([
  [expectedThinking, { thinking: budget(2000) }, { thinking: undefined }],
  [tooMuch, { max_tokens: 48000 }, { max_tokens: 32000 }],
  [tooMuch, { max_tokens: 48000, thinking: budget(40000) }, { max_tokens: 32000, thinking: budget(24000) }],
  [
    '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation',
    { max_tokens: 2000, thinking: budget(2000) },
    { thinking: budget(1500) },
  ],
  [
    '`max_tokens` must be greater than `thinking.budget_tokens`.',
    { max_tokens: 1000, thinking: budget(2000) },
    { thinking: undefined },
  ],
  [
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
    { max_tokens: 5000, thinking: budget(5) },
    { thinking: budget(1024) },
  ],
  [
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
    { max_tokens: 1024, thinking: budget(5) },
    { thinking: undefined },
  ],
  [
    '`temperature` may only be set to 1 when thinking is enabled. Please consult our documentation',
    { temperature: 0.5, top_p: 0.97, top_k: 3 },
    { temperature: undefined, top_k: undefined },
  ],
  [
    '`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.',
    { temperature: 1, top_p: 0.5 },
    { top_p: undefined },
  ],
  [
    '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    { temperature: 0.5, top_p: 0.5 },
    { top_p: undefined },
  ],
  ['temperature: Extra inputs are not permitted', { temperature: 0.5 }, { temperature: undefined }],
  ['`temperature` is deprecated for this model.', { temperature: 0.5 }, { temperature: undefined }],
])('Anthropic: %s', (message, given, changed) => {
  const body = { model: 'm', max_tokens: 8000, messages: [user(text('a'))], ...given };
  const found = repaired('anthropic-messages', anthropic(message), body);
  expect(found?.body).toEqual({ ...body, ...changed });
});

test('beta values that the upstream does not know are taken out of the header, and the body stays', () => {
  const unknown = anthropic(
    'Unexpected value(s) `a-1`, `b-2` for the `anthropic-beta` header. Please consult our documentation',
  );
  const found = repair('anthropic-messages', unknown, conversation, 'c-3, a-1,b-2');
  expect(found).toMatchObject({
    betas: 'c-3',
    changes: [{ path: 'anthropic-beta.a-1' }, { path: 'anthropic-beta.b-2' }],
  });
  expect(String(found?.body)).toBe(JSON.stringify(conversation));
  expect(repair('anthropic-messages', unknown, conversation, 'c-3')).toBeUndefined();
  expect(repair('anthropic-messages', '{"message":"invalid beta flag"}', conversation, 'a,b')?.betas).toBe('');
});

const unsupported = (name: string, instead = '') =>
  `Unsupported parameter: '${name}' is not supported with this model.${instead}`;
const onlyDefault =
  "Unsupported value: 'temperature' does not support 0.16 with this model. Only the default (1) value is supported.";

test.each([
  [
    unsupported('max_tokens', " Use 'max_completion_tokens' instead."),
    { max_tokens: 5 },
    { max_tokens: undefined, max_completion_tokens: 5 },
  ],
  [
    unsupported('max_tokens', " Use 'max_completion_tokens' instead."),
    { max_tokens: 5, max_completion_tokens: 6 },
    { max_tokens: undefined },
  ],
  [unsupported('top_p'), { top_p: 0.5 }, { top_p: undefined }],
  [onlyDefault, { temperature: 0.16 }, { temperature: undefined }],
  [
    'max_tokens is too large: 64000. This model supports at most 16384 completion tokens, whereas you provided 64000.',
    { max_tokens: 64000 },
    { max_tokens: 16384 },
  ],
])('OpenAI: %s', (message, given, changed) => {
  const body = { model: 'm', messages: [], ...given };
  const found = repaired('openai-chat', openAi(message, null, 'unsupported_parameter'), body);
  expect(found?.body).toEqual({ ...body, ...changed });
});

const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], content: null, encrypted_content: 'gAAA' };
const unverified = openAi(
  'The encrypted content gAAA...DQ== could not be verified.',
  null,
  'invalid_encrypted_content',
);

test('reasoning that the upstream cannot open is dropped, and nothing else of the conversation', () => {
  const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' };
  const input = [{ role: 'user', content: 'a' }, reasoning, call, reasoning, { role: 'user', content: 'b' }];
  const found = repaired('openai-responses', unverified, { model: 'm', input });
  expect(found?.body.input).toEqual([input[0], call, input[4]]);
  expect(found?.paths).toEqual(['input.1', 'input.3']);
});

const turn = (...parts: unknown[]) => ({ role: 'model', parts });
const call = { functionCall: { name: 'f', args: {} } };
const skip = 'skip_thought_signature_validator';
const contents = [
  { role: 'user', parts: [{ text: 'a' }] },
  turn({ text: 'b', thoughtSignature: 'x' }, { ...call, thoughtSignature: 'y' }, call),
  turn({ ...call, thought_signature: 'z' }),
];

test.each([
  'Corrupted thought signature.',
  'Invalid thought signature.',
  'Unable to submit request because Thought signature is not valid..',
])('Gemini: %s', (message) => {
  const found = repaired('gemini', google(message), { contents });
  expect(found?.body.contents).toEqual([
    contents[0],
    turn({ text: 'b' }, { ...call, thoughtSignature: skip }, call),
    turn({ ...call, thought_signature: skip }),
  ]);
});

test('Gemini: the first call of each step that nobody signed says so', () => {
  const message =
    'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly';
  const found = repaired('gemini', google(message), {
    contents: [contents[0], turn({ text: 'b' }, call, call), contents[2]],
  });
  expect(found?.paths).toEqual(['contents.1.parts.1.thoughtSignature']);
  expect(found?.body.contents[1]).toEqual(turn({ text: 'b' }, { ...call, thoughtSignature: skip }, call));
});

const range =
  'Unable to submit request because thinking_budget is out of range; supported values are integers from 1 to 24576. Learn more';
const choose = 'The thinking budget 100 is invalid. Please choose a value between 512 and 24576.';

test.each([
  [range, { thinkingBudget: 32768 }, { thinkingBudget: 24576 }],
  [choose, { thinkingBudget: 100 }, { thinkingBudget: 512 }],
  [choose, { thinkingBudget: -1, includeThoughts: true }, { includeThoughts: true }],
  ['Budget 0 is invalid. This model only works in thinking mode.', { thinkingBudget: 0 }, {}],
  [
    'Thinking level MINIMAL is not supported for this model. Please retry with other thinking level.',
    { thinkingLevel: 'MINIMAL' },
    {},
  ],
])('Gemini: %s', (message, thinkingConfig, changed) => {
  const found = repaired('gemini', google(message), { contents: [], generationConfig: { thinkingConfig } });
  expect(found?.body.generationConfig).toEqual({ thinkingConfig: changed });
});

test('Gemini: an output cap beyond the model is lowered to its bound', () => {
  const message =
    'Unable to submit request because it has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive). Update the value and try again.';
  const found = repaired('gemini', google(message), { contents: [], generationConfig: { maxOutputTokens: 100000 } });
  expect(found?.body.generationConfig).toEqual({ maxOutputTokens: 65536 });
});

test.each<[string, Protocol, string, object]>([
  [
    'a kept answer that is gone',
    'openai-responses',
    openAi("Previous response with id 'resp_1' not found.", 'previous_response_id', 'previous_response_not_found'),
    { input: [reasoning, 1] },
  ],
  [
    'a compacted history that cannot be opened',
    'openai-responses',
    openAi('The encrypted content for item cmp_34....b7bd could not be verified.', null, null),
    { input: [reasoning, 1] },
  ],
  ['reasoning that is the whole conversation', 'openai-responses', unverified, { input: [reasoning] }],
  [
    'a field that means something',
    'openai-chat',
    openAi(unsupported('stop'), 'stop', 'unsupported_parameter'),
    { stop: ['x'] },
  ],
  ['a field that is not there', 'openai-chat', openAi(onlyDefault, 'temperature', 'unsupported_value'), { model: 'm' }],
  [
    'a prompt that is too long',
    'anthropic-messages',
    anthropic('prompt is too long: 250000 tokens > 200000 maximum'),
    conversation,
  ],
  [
    'a field that the client itself recovers from',
    'anthropic-messages',
    anthropic('messages.1.output_config: Extra inputs are not permitted'),
    conversation,
  ],
  ['no thinking to drop', 'anthropic-messages', anthropic(badSignature), { messages: [user(text('a'))] }],
  ['a cap that is smaller already', 'anthropic-messages', anthropic(tooMuch), { max_tokens: 5, messages: [] }],
  ['nothing that can be read', 'gemini', '<html>Bad Request</html>', { contents }],
])('nothing is done about %s', (_, protocol, refusal, body) => {
  expect(repair(protocol, refusal, body)).toBeUndefined();
});

test('changes for one reason are told once, with the place of the first and how many there are', () => {
  const changes = [
    { path: 'a', reason: 'x' },
    { path: 'b', reason: 'y' },
    { path: 'c', reason: 'x' },
  ];
  expect(toldChanges(changes)).toEqual([
    { path: 'a', reason: 'x (2 times)' },
    { path: 'b', reason: 'y' },
  ]);
});
