import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasRedis, startTestRedis, type TestRedis } from './index.ts';
import { readValue, writeCommand } from './resp.ts';

test('an answer of Redis is read whole or not at all, wherever it is cut', () => {
  const bytes = Buffer.from('*4\r\n$5\r\nh\r\nlo\r\n:42\r\n$-1\r\n*1\r\n-ERR no\r\n+OK\r\n');
  const list = bytes.length - '+OK\r\n'.length;
  for (let end = 0; end < list; end++) expect(readValue(bytes.subarray(0, end), 0)).toBeUndefined();
  expect(readValue(bytes, 0)).toEqual({
    end: list,
    value: {
      kind: 'list',
      items: [
        { kind: 'bytes', bytes: Buffer.from('h\r\nlo') },
        { kind: 'number', value: 42 },
        { kind: 'nothing' },
        { kind: 'list', items: [{ kind: 'error', message: 'ERR no' }] },
      ],
    },
  });
  expect(readValue(bytes, list)).toEqual({ end: bytes.length, value: { kind: 'text', text: 'OK' } });
});

test('a command is written by the length of its bytes', () => {
  expect(writeCommand(['SET', '键', '']).toString()).toBe('*3\r\n$3\r\nSET\r\n$3\r\n键\r\n$0\r\n\r\n');
});

describe.skipIf(!hasRedis)('with a real Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  beforeEach(() => redis.front.commands.splice(0));
  afterAll(() => redis.stop());

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(redis.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${redis.token}`, ...headers },
    });
    return { status: answer.status, body: await answer.json() };
  };

  test('one command, a pipeline and a transaction are answered as Upstash does', async () => {
    expect(await post('', ['SET', 'a', 7])).toEqual({ status: 200, body: { result: 'OK' } });
    expect(
      await post('/pipeline', [
        ['GET', 'a'],
        ['LPUSH', 'a', 'x'],
        ['GET', 'none'],
      ]),
    ).toEqual({
      status: 200,
      body: [{ result: '7' }, { error: expect.stringContaining('WRONGTYPE') }, { result: null }],
    });
    expect(
      await post('/multi-exec', [
        ['INCR', 'a'],
        ['GET', 'a'],
      ]),
    ).toEqual({
      status: 200,
      body: [{ result: 8 }, { result: '8' }],
    });
    expect(redis.front.commands).toHaveLength(6);
  });

  test('bytes come in base64 where that is asked for', async () => {
    await post('', ['SET', 'b', 'grün']);
    const { body } = await post('', ['GET', 'b'], { 'upstash-encoding': 'base64' });
    expect(body).toEqual({ result: Buffer.from('grün').toString('base64') });
  });

  test('errors are 400, a wrong token is 401 and reaches no Redis', async () => {
    expect((await post('', ['NONSENSE'])).status).toBe(400);
    expect((await post('', ['GET', 'a'], { authorization: 'Bearer wrong' })).status).toBe(401);
    expect(redis.front.commands).toEqual([['NONSENSE']]);
  });

  test('a Redis that was killed is an error at once, and serves again after its start', async () => {
    await redis.server.kill();
    expect((await post('', ['PING'])).status).toBe(500);
    await redis.server.start();
    expect(await post('', ['PING'])).toEqual({ status: 200, body: { result: 'PONG' } });
  });
});
