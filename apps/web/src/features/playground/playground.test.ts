import { execFileSync } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { protocols } from '@ai-bridge/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyAnswer, withEvents } from './answer.ts';
import { codeText } from './code-text.ts';
import { createEventReader } from './events.ts';

import { type Question, wireRequest } from './request.ts';

const nasty = `It's "quoted" $HOME \`id\` \\ back\nnew line 字 😀 </script>`;
const question: Question = {
  ...{ protocol: 'anthropic-messages', model: 'claude-x', system: nasty, temperature: 0.5, maxTokens: 64 },
  turns: [{ role: 'user', text: nasty }],
};

let server: http.Server;
let url = '';
let got: { path: string | undefined; headers: http.IncomingHttpHeaders; body: unknown }[] = [];
beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    got.push({ path: request.url, headers: request.headers, body: JSON.parse(text) });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const environment = { ...process.env, AI_BRIDGE_API_KEY: 'YOUR_API_KEY' };
/** Runs without blocking the server in this process. */
async function run(command: string, args: string[]): Promise<void> {
  const { execFile } = await import('node:child_process');
  await new Promise<void>((resolve, reject) => {
    execFile(command, args, { env: environment }, (error) => (error ? reject(error) : resolve()));
  });
}
const has = (command: string) => {
  try {
    execFileSync('which', [command]);
    return true;
  } catch {
    return false;
  }
};

for (const protocol of protocols) {
  test(`${protocol}: the code that is copied asks exactly what the page asked, whatever is in the text`, async () => {
    const asked = { ...question, protocol };
    const runs = {
      curl: () => run('sh', ['-c', codeText('curl', asked, url)]),
      python: () => run('python3', ['-c', codeText('python', asked, url)]),
      node: () => run('node', ['--input-type=module', '-e', codeText('node', asked, url)]),
    };
    for (const [language, start] of Object.entries(runs)) {
      if (language !== 'node' && !has(language === 'curl' ? 'curl' : 'python3')) continue;
      got = [];
      await start();
      const wire = wireRequest(asked, language === 'curl');
      expect(got, language).toHaveLength(1);
      expect(got[0]?.path).toBe(wire.path);
      expect(got[0]?.body).toEqual(wire.body);
      expect(got[0]?.headers).toMatchObject({
        ...wire.headers,
        [wire.keyHeader.name]: `${wire.keyHeader.before}YOUR_API_KEY`,
      });
    }
  });
}

test('events are the same however the stream is cut', () => {
  const stream = 'event: a\r\ndata: {"x":1}\r\n\r\n: ping\n\ndata: one\ndata: two\n\n';
  const whole = createEventReader()(stream);
  expect(whole).toEqual([
    { name: 'a', data: '{"x":1}' },
    { name: undefined, data: 'one\ntwo' },
  ]);
  for (let size = 1; size < stream.length; size++) {
    const read = createEventReader();
    const events = [];
    for (let at = 0; at < stream.length; at += size) events.push(...read(stream.slice(at, at + size)));
    expect(events, String(size)).toEqual(whole);
  }
});

const data = (value: unknown) => ({ name: undefined, data: JSON.stringify(value) });

test('text and thinking are read from each protocol’s own events, and nothing from the others', () => {
  const spoken = {
    'anthropic-messages': [
      data({ type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'hm' } }),
      data({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'hi' } }),
      data({ type: 'message_stop' }),
    ],
    'openai-chat': [
      data({ choices: [{ delta: { reasoning_content: 'hm' } }] }),
      data({ choices: [{ delta: { content: 'hi' } }] }),
      { name: undefined, data: '[DONE]' },
    ],
    'openai-responses': [
      data({ type: 'response.reasoning_summary_text.delta', delta: 'hm' }),
      data({ type: 'response.output_text.delta', delta: 'hi' }),
      data({ type: 'response.function_call_arguments.delta', delta: '{}' }),
    ],
    gemini: [
      data({ candidates: [{ content: { parts: [{ text: 'hm', thought: true }] } }] }),
      data({ candidates: [{ content: { parts: [{ text: 'hi' }] } }] }),
      data({ candidates: [{ finishReason: 'STOP' }] }),
    ],
  };
  for (const protocol of protocols)
    expect(withEvents(emptyAnswer, protocol, spoken[protocol])).toMatchObject({
      ...{ text: 'hi', thinking: 'hm', error: undefined, eventCount: 3 },
    });
});

test('an error inside a stream is told in each protocol', () => {
  const errors = {
    'anthropic-messages': data({ type: 'error', error: { type: 'overloaded_error', message: 'busy' } }),
    'openai-chat': data({ error: { message: 'busy' } }),
    'openai-responses': data({ type: 'error', message: 'busy' }),
    gemini: data({ error: { code: 503, message: 'busy' } }),
  };
  for (const protocol of protocols) expect(withEvents(emptyAnswer, protocol, [errors[protocol]]).error).toBe('busy');
});

test('however long an answer is, a bounded part of its raw events is kept; its text is whole', () => {
  const event = data({ choices: [{ delta: { content: 'x'.repeat(100) } }] });
  const answer = withEvents(
    emptyAnswer,
    'openai-chat',
    Array.from({ length: 10_000 }, () => event),
  );
  expect(answer.eventCount).toBe(10_000);
  expect(answer.text).toHaveLength(1_000_000);
  expect(answer.events.length).toBeLessThanOrEqual(400);
});
