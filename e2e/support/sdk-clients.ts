import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import type { Stack } from './stack.ts';
import type { SpokenProtocol } from './upstreams.ts';

/** What a conversation with a model came to, in no vendor's words. */
export interface Said {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly input: unknown }[];
  readonly stop: string;
  readonly usage: { readonly input: number; readonly output: number };
}

export interface Asked {
  readonly model: string;
  readonly stream: boolean;
  readonly prompt: string;
  /** Offers read_file(path). */
  readonly offersTool?: boolean;
  /** The model called the tool and this is what it brought: a second turn with the first in its history. */
  readonly history?: { readonly raw: unknown; readonly said: Said; readonly toolOutput: string };
  /** A picture beside the prompt: base64 of a PNG. */
  readonly image?: string;
}

/** One official SDK against the relay. `raw` is the assistant's turn as this SDK wants it back. */
export interface SdkClient {
  ask(asked: Asked): Promise<{ said: Said; raw: unknown }>;
}

const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };
const maxTokens = 500;

export function sdkClient(protocol: SpokenProtocol, stack: Stack): SdkClient {
  switch (protocol) {
    case 'anthropic-messages':
      return anthropic(new Anthropic({ authToken: stack.key, apiKey: null, baseURL: stack.url, maxRetries: 0 }));
    case 'openai-chat':
      return chat(new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1`, maxRetries: 0 }));
    case 'openai-responses':
      return responses(new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1`, maxRetries: 0 }));
    case 'gemini':
      return gemini(new GoogleGenAI({ apiKey: stack.key, httpOptions: { baseUrl: stack.url } }));
  }
}

function anthropic(client: Anthropic): SdkClient {
  return {
    async ask({ model, stream, prompt, offersTool, history, image }) {
      const content: Anthropic.ContentBlockParam[] = [{ type: 'text', text: prompt }];
      if (image) {
        content.unshift({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } });
      }
      const messages: Anthropic.MessageParam[] = [{ role: 'user', content }];
      if (history) {
        messages.push({ role: 'assistant', content: history.raw as Anthropic.ContentBlockParam[] });
        const results = history.said.calls.map((call) => ({
          type: 'tool_result' as const,
          tool_use_id: call.id,
          content: history.toolOutput,
        }));
        messages.push({ role: 'user', content: results });
      }
      const request = {
        ...{ model, messages, max_tokens: maxTokens },
        ...(offersTool && { tools: [{ name: 'read_file', input_schema: schema as Anthropic.Tool.InputSchema }] }),
      };
      const message = stream
        ? await client.messages.stream(request).finalMessage()
        : await client.messages.create(request);
      const said: Said = {
        text: message.content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
        thinking: message.content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join(''),
        calls: message.content.flatMap((block) =>
          block.type === 'tool_use' ? [{ id: block.id, name: block.name, input: block.input }] : [],
        ),
        stop: message.stop_reason ?? '',
        usage: { input: message.usage.input_tokens, output: message.usage.output_tokens },
      };
      return { said, raw: message.content };
    },
  };
}

function chat(client: OpenAI): SdkClient {
  return {
    async ask({ model, stream, prompt, offersTool, history, image }) {
      const content: OpenAI.ChatCompletionContentPart[] = [{ type: 'text', text: prompt }];
      if (image) content.unshift({ type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } });
      const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content }];
      if (history) {
        messages.push(history.raw as OpenAI.ChatCompletionMessageParam);
        for (const call of history.said.calls) {
          messages.push({ role: 'tool', tool_call_id: call.id, content: history.toolOutput });
        }
      }
      const request = {
        ...{ model, messages, max_completion_tokens: maxTokens },
        ...(offersTool && {
          tools: [{ type: 'function' as const, function: { name: 'read_file', parameters: schema } }],
        }),
      };
      const completion = stream
        ? await client.chat.completions
            .stream({ ...request, stream_options: { include_usage: true } })
            .finalChatCompletion()
        : await client.chat.completions.create(request);
      const choice = completion.choices[0];
      const message = choice?.message as OpenAI.ChatCompletionMessage & { reasoning_content?: string };
      const calls = (message.tool_calls ?? []).flatMap((call) =>
        call.type === 'function'
          ? [{ id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) as unknown }]
          : [],
      );
      const said: Said = {
        text: message.content ?? '',
        thinking: message.reasoning_content ?? '',
        calls,
        stop: choice?.finish_reason ?? '',
        usage: {
          input: completion.usage?.prompt_tokens ?? Number.NaN,
          output: completion.usage?.completion_tokens ?? Number.NaN,
        },
      };
      return { said, raw: message };
    },
  };
}

function responses(client: OpenAI): SdkClient {
  return {
    async ask({ model, stream, prompt, offersTool, history, image }) {
      const content: OpenAI.Responses.ResponseInputContent[] = [{ type: 'input_text', text: prompt }];
      if (image) {
        content.unshift({ type: 'input_image', image_url: `data:image/png;base64,${image}`, detail: 'auto' });
      }
      const input: OpenAI.Responses.ResponseInputItem[] = [{ role: 'user', content }];
      if (history) {
        input.push(...(history.raw as OpenAI.Responses.ResponseInputItem[]));
        for (const call of history.said.calls) {
          input.push({ type: 'function_call_output', call_id: call.id, output: history.toolOutput });
        }
      }
      const request = {
        ...{ model, input, max_output_tokens: maxTokens, store: false },
        ...(offersTool && {
          tools: [{ type: 'function' as const, name: 'read_file', parameters: schema, strict: false }],
        }),
      };
      const response = stream
        ? await client.responses.stream(request).finalResponse()
        : await client.responses.create(request);
      const said: Said = {
        text: response.output
          .flatMap((item) => (item.type === 'message' ? item.content : []))
          .map((part) => (part.type === 'output_text' ? part.text : ''))
          .join(''),
        thinking: response.output
          .flatMap((item) => (item.type === 'reasoning' ? item.summary : []))
          .map((part) => part.text)
          .join(''),
        calls: response.output.flatMap((item) =>
          item.type === 'function_call'
            ? [{ id: item.call_id, name: item.name, input: JSON.parse(item.arguments) as unknown }]
            : [],
        ),
        stop: response.status ?? '',
        usage: {
          input: response.usage?.input_tokens ?? Number.NaN,
          output: response.usage?.output_tokens ?? Number.NaN,
        },
      };
      return { said, raw: response.output };
    },
  };
}

function gemini(client: GoogleGenAI): SdkClient {
  return {
    async ask({ model, stream, prompt, offersTool, history, image }) {
      const parts: object[] = [{ text: prompt }];
      if (image) parts.unshift({ inlineData: { mimeType: 'image/png', data: image } });
      const contents: object[] = [{ role: 'user', parts }];
      if (history) {
        contents.push({ role: 'model', parts: history.raw });
        const results = history.said.calls.map((call) => ({
          functionResponse: {
            ...(call.id && { id: call.id }),
            name: call.name,
            response: { output: history.toolOutput },
          },
        }));
        contents.push({ role: 'user', parts: results });
      }
      const request = {
        ...{ model, contents },
        config: {
          maxOutputTokens: maxTokens,
          thinkingConfig: { includeThoughts: true },
          ...(offersTool && {
            tools: [{ functionDeclarations: [{ name: 'read_file', parametersJsonSchema: schema }] }],
          }),
        },
      };
      const chunks = stream
        ? await collect(await client.models.generateContentStream(request))
        : [await client.models.generateContent(request)];
      const raw = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
      const usage = chunks.findLast((chunk) => chunk.usageMetadata)?.usageMetadata;
      const said: Said = {
        text: raw.map((part) => (part.thought ? '' : (part.text ?? ''))).join(''),
        thinking: raw.map((part) => (part.thought ? (part.text ?? '') : '')).join(''),
        calls: raw.flatMap(({ functionCall }) =>
          functionCall ? [{ id: functionCall.id ?? '', name: functionCall.name ?? '', input: functionCall.args }] : [],
        ),
        stop: chunks.at(-1)?.candidates?.[0]?.finishReason ?? '',
        usage: {
          input: usage?.promptTokenCount ?? Number.NaN,
          output: (usage?.candidatesTokenCount ?? Number.NaN) + (usage?.thoughtsTokenCount ?? 0),
        },
      };
      return { said, raw };
    },
  };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
