import type { ServerResponse } from 'node:http';
import { type Answer, answer, answerText } from './answer.ts';
import { contentText, type Fields, fieldsOf, listOf, positiveInteger, type Question, textOf } from './question.ts';
import { openEventStream, sendJson } from './sse.ts';

/** POST /v1/messages */
export async function answerMessages(
  body: Fields,
  response: ServerResponse,
  id: string,
  pieceDelayMs: number,
): Promise<void> {
  const question = readQuestion(body);
  const given = answer(question);
  const head = { id: `msg_demo_${id}`, type: 'message', role: 'assistant', model: question.model };
  const end = { stop_reason: stopReason(given), stop_sequence: null };
  if (!question.isStream) {
    sendJson(response, 200, {
      ...head,
      content: [wholeBlock(given, id)],
      ...end,
      usage: usageOf(given, given.outputTokens),
    });
    return;
  }
  const stream = openEventStream(response, pieceDelayMs);
  const send = (data: Fields & { type: string }) => stream.send(data, data.type);
  await send({
    type: 'message_start',
    message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: usageOf(given, 1) },
  });
  await send({ type: 'content_block_start', index: 0, content_block: emptyBlock(given, id) });
  await send({ type: 'ping' });
  for (const delta of deltasOf(given)) {
    await stream.pause();
    if (!(await send({ type: 'content_block_delta', index: 0, delta }))) return;
  }
  await send({ type: 'content_block_stop', index: 0 });
  await send({ type: 'message_delta', delta: end, usage: { output_tokens: given.outputTokens } });
  await send({ type: 'message_stop' });
  stream.end();
}

/** POST /v1/messages/count_tokens */
export function countMessages(body: Fields, response: ServerResponse): void {
  sendJson(response, 200, { input_tokens: answer(readQuestion(body)).inputTokens });
}

export function anthropicError(type: string, message: string): Fields {
  return { type: 'error', error: { type, message } };
}

function readQuestion(body: Fields): Question {
  const messages = listOf(body['messages']).map(fieldsOf);
  const last = messages.at(-1);
  const lastParts = listOf(last?.['content']).map(fieldsOf);
  const result = lastParts.find((part) => part['type'] === 'tool_result');
  const lastUser = messages.findLast((message) => message['role'] === 'user' && contentText(message['content']) !== '');
  return {
    model: textOf(body['model']),
    isStream: body['stream'] === true,
    promptText: [contentText(body['system']), ...messages.map((message) => contentText(message['content']))].join('\n'),
    lastUserText: contentText(lastUser?.['content']),
    toolResult: result && contentText(result['content']),
    tools: listOf(body['tools'])
      .map(fieldsOf)
      .map((tool) => ({ name: textOf(tool['name']), schema: fieldsOf(tool['input_schema']) })),
    maxOutputTokens: positiveInteger(body['max_tokens']),
  };
}

function usageOf(given: Answer, outputTokens: number): Fields {
  return {
    input_tokens: given.inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: outputTokens,
  };
}

function stopReason(given: Answer): string {
  if (given.toolCall) return 'tool_use';
  return given.isCut ? 'max_tokens' : 'end_turn';
}

function wholeBlock(given: Answer, id: string): Fields {
  if (!given.toolCall) return { type: 'text', text: answerText(given) };
  return { type: 'tool_use', id: `toolu_demo_${id}`, name: given.toolCall.name, input: given.toolCall.input };
}

function emptyBlock(given: Answer, id: string): Fields {
  return given.toolCall ? { ...wholeBlock(given, id), input: {} } : { type: 'text', text: '' };
}

function deltasOf(given: Answer): Fields[] {
  if (!given.toolCall) return given.pieces.map((text) => ({ type: 'text_delta', text }));
  return ['', JSON.stringify(given.toolCall.input)].map((partial) => ({
    type: 'input_json_delta',
    partial_json: partial,
  }));
}
