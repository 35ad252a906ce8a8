import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnswerControl, type AnswerSink, DirectAnswer } from './direct-answer.ts';
import type { ResponseHeaders } from './response-headers.ts';

let server: http.Server;
let pool: Pool;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain', Server: 'x' });
    response.write('first');
    if (request.url === '/whole') setTimeout(() => response.end('last'), 20);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await pool.destroy();
  server.close();
});

/** An answer as its sink sees it. */
function ask(path: string, onData: (control: AnswerControl, text: string) => void = () => {}) {
  const seen: string[] = [];
  let control: AnswerControl | undefined;
  const ended = new Promise<Error | undefined>((resolve) => {
    const sink: AnswerSink = {
      onStart: (started) => {
        control = started;
      },
      onHead: (status: number, headers: ResponseHeaders) => seen.push(`${status} ${JSON.stringify(headers)}`),
      onData(chunk) {
        seen.push(chunk.toString());
        if (control) onData(control, chunk.toString());
      },
      onEnd: () => resolve(undefined),
      onError: resolve,
    };
    pool.dispatch({ method: 'GET', path }, new DirectAnswer(sink));
  });
  return { seen, ended };
}

test('an answer comes in its order: head with what is looked at of it, pieces, end', async () => {
  const { seen, ended } = ask('/whole');
  expect(await ended).toBeUndefined();
  expect(seen).toEqual(['200 {"content-type":"text/plain"}', 'first', 'last']);
});

test('while it is paused nothing more comes, and all of it comes once it goes on', async () => {
  let isPaused = false;
  const whilePaused: string[] = [];
  const { seen, ended } = ask('/whole', (control, text) => {
    if (isPaused) whilePaused.push(text);
    if (text !== 'first') return;
    isPaused = true;
    control.pause();
    setTimeout(() => {
      isPaused = false;
      control.resume();
    }, 100);
  });
  expect(await ended).toBeUndefined();
  expect(whilePaused).toEqual([]);
  expect(seen.at(-1)).toBe('last');
});

test('a request that is given up ends in its reason, and giving it up twice changes nothing', async () => {
  const reason = new Error('enough');
  const { ended } = ask('/open', (control) => {
    control.abort(reason);
    control.abort(new Error('again'));
  });
  expect(await ended).toBe(reason);
});
