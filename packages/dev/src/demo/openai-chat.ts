import type { ServerResponse } from 'node:http';
import { type Answer, answer, answerText } from './answer.ts';
import { contentText, type Fields, fieldsOf, listOf, positiveInteger, type Question, textOf } from './question.ts';
import { openEventStream, sendJson } from './sse.ts';

/** POST /v1/chat/completions */
export async function answerChat(
  body: Fields,
  response: ServerResponse,
  id: string,
  pieceDelayMs: number,
): Promise<void> {
  const question = readQuestion(body);
  const given = answer(question);
  const head = { id: `chatcmpl-demo-${id}`, created: Math.floor(Date.now() / 1000), model: question.model };
  if (!question.isStream) {
    const choice = { index: 0, message: wholeMessage(given, id), finish_reason: finishReason(given), logprobs: null };
    sendJson(response, 200, { ...head, object: 'chat.completion', choices: [choice], usage: usageOf(given) });
    return;
  }
  const wantsUsage = fieldsOf(body['stream_options'])['include_usage'] === true;
  const stream = openEventStream(response, pieceDelayMs);
  const sendChunk = (choices: Fields[], usage: Fields | null = null) =>
    stream.send({ ...head, object: 'chat.completion.chunk', choices, ...(wantsUsage ? { usage } : {}) });
  const choice = (delta: Fields, finish_reason: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason },
  ];
  await sendChunk(choice({ role: 'assistant', content: given.toolCall ? null : '' }));
  for (const delta of deltasOf(given, id)) {
    await stream.pause();
    if (!(await sendChunk(choice(delta)))) return;
  }
  await sendChunk(choice({}, finishReason(given)));
  if (wantsUsage) await sendChunk([], usageOf(given));
  stream.end('data: [DONE]\n\n');
}

function readQuestion(body: Fields): Question {
  const messages = listOf(body['messages']).map(fieldsOf);
  const last = messages.at(-1);
  const lastUser = messages.findLast((message) => message['role'] === 'user');
  return {
    model: textOf(body['model']),
    isStream: body['stream'] === true,
    promptText: messages.map((message) => contentText(message['content'])).join('\n'),
    lastUserText: contentText(lastUser?.['content']),
    toolResult: last?.['role'] === 'tool' ? contentText(last['content']) : undefined,
    tools: listOf(body['tools'])
      .map((tool) => fieldsOf(fieldsOf(tool)['function']))
      .map((tool) => ({ name: textOf(tool['name']), schema: fieldsOf(tool['parameters']) })),
    maxOutputTokens: positiveInteger(body['max_completion_tokens']) ?? positiveInteger(body['max_tokens']),
  };
}

function usageOf(given: Answer): Fields {
  return {
    prompt_tokens: given.inputTokens,
    completion_tokens: given.outputTokens,
    total_tokens: given.inputTokens + given.outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

function finishReason(given: Answer): string {
  if (given.toolCall) return 'tool_calls';
  return given.isCut ? 'length' : 'stop';
}

function wholeMessage(given: Answer, id: string): Fields {
  if (!given.toolCall) return { role: 'assistant', content: answerText(given), refusal: null };
  const call = { name: given.toolCall.name, arguments: JSON.stringify(given.toolCall.input) };
  const calls = [{ id: `call_demo_${id}`, type: 'function', function: call }];
  return { role: 'assistant', content: null, refusal: null, tool_calls: calls };
}

function deltasOf(given: Answer, id: string): Fields[] {
  if (!given.toolCall) return given.pieces.map((content) => ({ content }));
  const { name, input } = given.toolCall;
  return [
    { tool_calls: [{ index: 0, id: `call_demo_${id}`, type: 'function', function: { name, arguments: '' } }] },
    { tool_calls: [{ index: 0, function: { arguments: JSON.stringify(input) } }] },
  ];
}
