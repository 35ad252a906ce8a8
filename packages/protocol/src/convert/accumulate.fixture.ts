import type { Protocol } from '@ai-bridge/domain';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';

/** What an official SDK made of a stream. */
export interface Accumulated {
  /** A refusal in words is text: two of the protocols know no other. */
  readonly text: string;
  /** Free text is told as an input of that name, a tool of a group with both names: so do protocols that know neither. */
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly stop: string;
}

/** A fetch that answers every request with these bytes. */
function answering(bytes: Buffer): typeof fetch {
  return async () =>
    new Response(new Uint8Array(bytes), { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}

/** Reads a stream's bytes by the accumulator of the protocol's official SDK; rejects where that does. */
export function accumulate(protocol: Protocol, bytes: Buffer): Promise<Accumulated> {
  switch (protocol) {
    case 'anthropic-messages':
      return byAnthropic(bytes);
    case 'openai-chat':
      return byChat(bytes);
    case 'openai-responses':
      return byResponses(bytes);
    case 'gemini':
      return byGemini(bytes);
  }
}

async function byAnthropic(bytes: Buffer): Promise<Accumulated> {
  const client = new Anthropic({ authToken: 'x', apiKey: null, fetch: answering(bytes), maxRetries: 0 });
  const message = await client.messages
    .stream({ model: 'm', max_tokens: 10, messages: [{ role: 'user', content: 'x' }] })
    .finalMessage();
  return {
    text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    calls: message.content.flatMap((block) =>
      block.type === 'tool_use' ? [{ name: block.name, input: block.input }] : [],
    ),
    stop: message.stop_reason ?? '',
  };
}

async function byChat(bytes: Buffer): Promise<Accumulated> {
  const client = new OpenAI({ apiKey: 'x', fetch: answering(bytes), maxRetries: 0 });
  const completion = await client.chat.completions
    .stream({ model: 'm', messages: [{ role: 'user', content: 'x' }] })
    .finalChatCompletion();
  const choice = completion.choices[0];
  return {
    text: (choice?.message.content ?? '') + (choice?.message.refusal ?? ''),
    calls: (choice?.message.tool_calls ?? []).flatMap((call) =>
      call.type === 'function' ? [{ name: call.function.name, input: parsed(call.function.arguments) }] : [],
    ),
    stop: choice?.finish_reason ?? '',
  };
}

async function byResponses(bytes: Buffer): Promise<Accumulated> {
  const client = new OpenAI({ apiKey: 'x', fetch: answering(bytes), maxRetries: 0 });
  // Some servers tell the items in these events only, and Codex reads no others.
  const output: OpenAI.Responses.ResponseOutputItem[] = [];
  const stream = client.responses.stream({ model: 'm', input: 'x' });
  stream.on('response.output_item.done', ({ item }) => void output.push(item));
  const response = await stream.finalResponse();
  return {
    text: output
      .flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []))
      .map((part) => (part.type === 'output_text' ? part.text : part.refusal))
      .join(''),
    calls: output.flatMap((item) => {
      if (item.type === 'custom_tool_call') return [{ name: item.name, input: { input: item.input } }];
      if (item.type !== 'function_call') return [];
      const name = item.namespace ? `${item.namespace}__${item.name}` : item.name;
      return [{ name, input: parsed(item.arguments) }];
    }),
    stop: response.status ?? '',
  };
}

async function byGemini(bytes: Buffer): Promise<Accumulated> {
  const before = globalThis.fetch;
  globalThis.fetch = answering(bytes);
  try {
    const client = new GoogleGenAI({ apiKey: 'x' });
    const chunks = [];
    for await (const chunk of await client.models.generateContentStream({ model: 'm', contents: 'x' })) {
      chunks.push(chunk);
    }
    const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
    return {
      text: parts.map((part) => (part.thought ? '' : (part.text ?? ''))).join(''),
      calls: parts.flatMap(({ functionCall }) =>
        functionCall ? [{ name: functionCall.name ?? '', input: functionCall.args }] : [],
      ),
      stop: chunks.at(-1)?.candidates?.[0]?.finishReason ?? '',
    };
  } finally {
    globalThis.fetch = before;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
