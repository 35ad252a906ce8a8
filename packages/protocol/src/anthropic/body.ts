import type { Usage } from '@ai-bridge/domain';
import { asObject, parseObjectText } from '../json/parse.ts';
import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import { AnthropicDecoder } from './decoder.ts';
import { AnswerBlocks } from './encode-block.ts';
import { ExactInputs } from './exact-input.ts';
import { messageJson, stopFields } from './message.ts';
import { usageOrEstimate } from './usage.ts';

/** A message without a stream as the events of one: each block comes whole. */
export function decodeBody(body: Buffer, origin: Origin): readonly NeutralEvent[] {
  const text = body.toString();
  const message = parseObjectText(text);
  const decoder = new AnthropicDecoder(origin);
  const content = message?.['content'];
  if (!message || !Array.isArray(content)) {
    const error = message?.['error'] ?? { type: 'error', message: 'the answer is no message' };
    return decoder.read({ type: 'error', error });
  }
  const inputs = new ExactInputs(text);
  const blocks = content.flatMap((value, index) => {
    const block = asObject(value) ?? {};
    const isCall = block['type'] === 'tool_use' && asObject(block['input']) !== undefined;
    const partial_json = isCall ? inputs.textOf(block['input'], ['content', index, 'input']) : '';
    return [
      { type: 'content_block_start', index, content_block: block },
      ...(isCall ? [{ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } }] : []),
      { type: 'content_block_stop', index },
    ];
  });
  const { usage, ...rest } = message;
  const events = [
    { type: 'message_start', message: rest },
    ...blocks,
    { type: 'message_delta', delta: rest, usage },
    { type: 'message_stop' },
  ];
  return events.flatMap((event) => decoder.read(event));
}

/** A message without a stream, from the events of one that has ended. */
export function encodeBody(events: readonly NeutralEvent[], context: AnswerContext): string {
  const blocks = new AnswerBlocks(context.request);
  const content: string[] = [];
  let usage: Usage | undefined;
  let stop: Extract<NeutralEvent, { type: 'stop' }> | undefined;
  for (const event of events) {
    if (event.type === 'usage') usage = event.usage;
    else if (event.type === 'stop') stop = event;
    else content.push(...blocks.take(event));
  }
  return messageJson(context, `[${content.join(',')}]`, stopFields(stop), usageOrEstimate(usage, context.promptTokens));
}
