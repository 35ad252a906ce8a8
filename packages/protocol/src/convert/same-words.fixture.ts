import type { Protocol } from '@ai-bridge/domain';
import { isObject } from '../validity/shape.ts';

type Json = Record<string, unknown>;

/**
 * A request as it may come back from being read and written again in its own protocol: all the differences that there are, each of them
 * another word for the same.
 */
export function inSameWords(protocol: Protocol, body: Json): Json {
  switch (protocol) {
    case 'anthropic-messages':
      return anthropic(body);
    case 'openai-chat':
      return chat(body);
    case 'openai-responses':
      return responses(body);
    case 'gemini':
      return gemini(body);
  }
}

/**
 * Texts are lists of blocks; a mark of five minutes says no time; a result that is no error does not say so, nor an empty one that it is
 * empty; parallel calls are not forbidden without a word; a token count gets the cap that every other request has.
 */
function anthropic(body: Json): Json {
  const listed = (content: unknown) => (typeof content === 'string' ? [{ type: 'text', text: content }] : content);
  const same: Json = { max_tokens: 128_000, ...body };
  if (body['system']) same['system'] = listed(body['system']);
  same['messages'] = objects(body['messages']).map((turn) => ({ ...turn, content: listed(turn['content']) }));
  return everywhere(same, (object) => {
    if (object['type'] === 'ephemeral' && object['ttl'] === '5m') return without(object, 'ttl');
    if (object['disable_parallel_tool_use'] === false) return without(object, 'disable_parallel_tool_use');
    if (object['type'] !== 'tool_result') return object;
    const result = object['is_error'] === false ? without(object, 'is_error') : object;
    if (result['content'] === '') return without(result, 'content');
    return { ...result, content: listed(result['content']) };
  }) as Json;
}

/**
 * The cap on the output and the user have their newer names; a stream's usage is always asked for; one text is no list; the developer is
 * the system where the model knows no other; arguments that are empty are an empty object; a call with no text has none; OpenRouter's `reasoning` is told by effort.
 */
function chat(body: Json): Json {
  const { max_tokens, user, stream_options: _, reasoning, ...rest } = body;
  return {
    ...rest,
    ...(max_tokens !== undefined && { max_completion_tokens: max_tokens }),
    ...(user !== undefined && { safety_identifier: user }),
    ...(body['stream'] === true && { stream_options: { include_usage: true } }),
    ...(isObject(reasoning) && { reasoning_effort: reasoning['effort'] }),
    messages: objects(body['messages']).map(chatMessage),
  };
}

function chatMessage(message: Json): Json {
  const parts = objects(message['content']);
  const isText = parts.length > 0 && parts.every(({ type }) => type === 'text');
  const calls = objects(message['tool_calls']).map((call) => {
    const named = call['function'] as Json;
    return { ...call, function: { ...named, arguments: named['arguments'] === '' ? '{}' : named['arguments'] } };
  });
  return {
    ...message,
    ...(message['role'] === 'developer' && { role: 'system' }),
    ...(isText && { content: parts.map(({ text }) => text).join('\n') }),
    ...(calls.length > 0 && { tool_calls: calls, content: message['content'] || null }),
  };
}

/**
 * Input is a list of messages that say that they are, with lists of parts; the system is the developer; items have no ids;
 * what is null says nothing; a picture says its detail; a request says that it wants no stream.
 */
function responses(body: Json): Json {
  const { input } = body;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : objects(input);
  const same = { stream: false, ...body, input: items.map(item) };
  return everywhere(same, (object) =>
    object['type'] === 'input_image' ? { detail: 'auto', ...object } : object,
  ) as Json;
}

function item(value: Json): Json {
  const { id: _, ...entry } = value;
  if (entry['content'] === null) delete entry['content'];
  if (entry['role'] === undefined) return entry;
  const role = entry['role'] === 'system' ? 'developer' : entry['role'];
  const type = role === 'assistant' ? 'output_text' : 'input_text';
  const content = typeof entry['content'] === 'string' ? [{ type, text: entry['content'] }] : entry['content'];
  return { ...entry, type: 'message', role, content };
}

/**
 * Names are in camel case; instructions have no role; neighbours of one role are one; schemas are JSON Schema; an answer in plain text is
 * what it is anyway.
 */
function gemini(body: Json): Json {
  const same = everywhere(body, (object) => {
    const { parameters, responseSchema, responseMimeType, ...rest } = camel(object);
    return {
      ...rest,
      ...(parameters !== undefined && { parametersJsonSchema: everywhere(parameters, jsonSchema) }),
      ...(responseSchema !== undefined && { responseJsonSchema: everywhere(responseSchema, jsonSchema) }),
      ...(responseMimeType !== undefined && responseMimeType !== 'text/plain' && { responseMimeType }),
    };
  }) as Json;
  if (isObject(same['systemInstruction'])) same['systemInstruction'] = without(same['systemInstruction'], 'role');
  const contents: Json[] = [];
  for (const { role, parts } of objects(same['contents'])) {
    const before = contents.at(-1);
    if (before && before['role'] === role) before['parts'] = [...objects(before['parts']), ...objects(parts)];
    else contents.push({ role, parts });
  }
  return { ...same, contents };
}

function camel(object: Json): Json {
  const named = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [/^(system_|generation_|max_)/.test(key) ? named(key) : key, value]),
  );
}

function jsonSchema({ nullable, ...schema }: Json): Json {
  if (typeof schema['type'] !== 'string') return schema;
  const type = schema['type'].toLowerCase();
  return { ...schema, type: nullable ? [type, 'null'] : type };
}

function without(object: Json, field: string): Json {
  const { [field]: _, ...rest } = object;
  return rest;
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A JSON value with every object in it replaced, the inner ones first. */
function everywhere(value: unknown, replace: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((inner) => everywhere(inner, replace));
  if (!isObject(value)) return value;
  return replace(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everywhere(inner, replace)])));
}
