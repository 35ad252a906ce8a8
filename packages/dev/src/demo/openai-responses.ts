import type { ServerResponse } from 'node:http';
import { type Answer, answer, answerText } from './answer.ts';
import { contentText, type Fields, fieldsOf, listOf, positiveInteger, type Question, textOf } from './question.ts';
import { openEventStream, sendJson } from './sse.ts';

/** POST /v1/responses */
export async function answerResponses(
  body: Fields,
  response: ServerResponse,
  id: string,
  pieceDelayMs: number,
): Promise<void> {
  const question = readQuestion(body);
  const given = answer(question);
  const whole = (status: string, output: Fields[]): Fields => ({
    id: `resp_demo_${id}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
    instructions: body['instructions'] ?? null,
    model: question.model,
    output,
    parallel_tool_calls: true,
    tool_choice: 'auto',
    tools: listOf(body['tools']),
    usage: status === 'in_progress' ? null : usageOf(given),
  });
  const finalStatus = given.isCut ? 'incomplete' : 'completed';
  const item = given.toolCall ? callItem(given.toolCall, id) : messageItem(answerText(given), finalStatus, id);
  if (!question.isStream) {
    sendJson(response, 200, whole(finalStatus, [item]));
    return;
  }
  const stream = openEventStream(response, pieceDelayMs);
  let sequence = 0;
  const send = (type: string, fields: Fields) => stream.send({ type, sequence_number: sequence++, ...fields }, type);
  await send('response.created', { response: whole('in_progress', []) });
  await send('response.in_progress', { response: whole('in_progress', []) });
  const sendPieces = given.toolCall ? streamCall : streamMessage;
  if (!(await sendPieces(send, stream.pause, given, item))) return;
  await send('response.output_item.done', { output_index: 0, item });
  await send(`response.${finalStatus}`, { response: whole(finalStatus, [item]) });
  stream.end();
}

type Send = (type: string, fields: Fields) => Promise<boolean>;

async function streamMessage(send: Send, pause: () => Promise<void>, given: Answer, item: Fields): Promise<boolean> {
  const place = { item_id: item['id'], output_index: 0, content_index: 0 };
  const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });
  await send('response.output_item.added', { output_index: 0, item: { ...item, status: 'in_progress', content: [] } });
  await send('response.content_part.added', { ...place, part: part('') });
  for (const delta of given.pieces) {
    await pause();
    if (!(await send('response.output_text.delta', { ...place, delta, logprobs: [] }))) return false;
  }
  await send('response.output_text.done', { ...place, text: answerText(given), logprobs: [] });
  return send('response.content_part.done', { ...place, part: part(answerText(given)) });
}

async function streamCall(send: Send, pause: () => Promise<void>, given: Answer, item: Fields): Promise<boolean> {
  const place = { item_id: item['id'], output_index: 0 };
  const argumentsText = JSON.stringify(given.toolCall?.input ?? {});
  await send('response.output_item.added', {
    output_index: 0,
    item: { ...item, status: 'in_progress', arguments: '' },
  });
  await pause();
  await send('response.function_call_arguments.delta', { ...place, delta: argumentsText });
  return send('response.function_call_arguments.done', { ...place, name: item['name'], arguments: argumentsText });
}

function messageItem(text: string, status: string, id: string): Fields {
  const content = [{ type: 'output_text', text, annotations: [], logprobs: [] }];
  return { id: `msg_demo_${id}`, type: 'message', role: 'assistant', status, content };
}

function callItem(call: { name: string; input: Fields }, id: string): Fields {
  return {
    id: `fc_demo_${id}`,
    type: 'function_call',
    status: 'completed',
    call_id: `call_demo_${id}`,
    name: call.name,
    arguments: JSON.stringify(call.input),
  };
}

function readQuestion(body: Fields): Question {
  const input = body['input'];
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : listOf(input).map(fieldsOf);
  const last: Fields | undefined = items.at(-1);
  const lastUser: Fields | undefined = items.findLast((item: Fields) => item['role'] === 'user');
  const isToolResult = textOf(last?.['type']).endsWith('_call_output');
  return {
    model: textOf(body['model']),
    isStream: body['stream'] === true,
    promptText: [textOf(body['instructions']), ...items.map((item: Fields) => contentText(item['content']))].join('\n'),
    lastUserText: contentText(lastUser?.['content']),
    toolResult: isToolResult ? contentText(last?.['output']) : undefined,
    tools: listOf(body['tools'])
      .map(fieldsOf)
      .filter((tool) => tool['type'] === 'function')
      .map((tool) => ({ name: textOf(tool['name']), schema: fieldsOf(tool['parameters']) })),
    maxOutputTokens: positiveInteger(body['max_output_tokens']),
  };
}

function usageOf(given: Answer): Fields {
  return {
    input_tokens: given.inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: given.outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: given.inputTokens + given.outputTokens,
  };
}
