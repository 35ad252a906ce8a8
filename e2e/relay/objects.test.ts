import { createHash, randomBytes } from 'node:crypto';
import { sim } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { organization, upstreamKey } from '../support/config.ts';
import { type Stack, startStack } from '../support/stack.ts';

const otherKey = `ab-other-${randomBytes(12).toString('hex')}`;
let stack: Stack;
let client: OpenAI;
let stranger: OpenAI;
beforeAll(async () => {
  stack = await startStack({
    config: (config) => ({
      ...config,
      organizations: [...config.organizations, organization('other', 1_000_000, { secret: otherKey })],
    }),
  });
  const at = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  client = at(stack.key);
  stranger = at(otherKey);
});
beforeEach(() => stack.upstream.clear());
afterAll(() => stack.stop());

test('a file of 40 MB goes up and comes down byte for byte, and is listed for its own organization only', async () => {
  const bytes = randomBytes(40 * 1024 * 1024);
  const file = await client.files.create({ file: await toFile(bytes, 'big.bin'), purpose: 'user_data' });
  expect(file).toMatchObject({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  const content = Buffer.from(await (await client.files.content(file.id)).arrayBuffer());
  expect(content.equals(bytes)).toBe(true);
  expect((await client.files.list()).data.map(({ id }) => id)).toEqual([file.id]);
  expect((await stranger.files.list()).data).toEqual([]);
  for (const { headers } of stack.upstream.requests) {
    expect(headers.authorization).toBe(`Bearer ${upstreamKey}`);
    expect(JSON.stringify(headers)).not.toContain(stack.key);
  }
});

test('nobody else reads, downloads or deletes it, and its owner can', async () => {
  const file = await client.files.create({ file: await toFile(Buffer.from('mine'), 'f.txt'), purpose: 'user_data' });
  stack.upstream.clear();
  const attempts = [
    () => stranger.files.retrieve(file.id),
    () => stranger.files.content(file.id),
    () => stranger.files.delete(file.id),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 404 });
  // Not even asked upstream.
  expect(stack.upstream.requests).toHaveLength(0);
  expect(await client.files.retrieve(file.id)).toMatchObject({ id: file.id });
  expect(await client.files.delete(file.id)).toMatchObject({ deleted: true });
  await expect(client.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
});

test('a stored response is read, continued and deleted by its own organization only', async () => {
  const direct = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${stack.url}/v1`, maxRetries: 0 });
  const response = await direct(stack.key).responses.create({ model: 'gpt-test', input: sim({ chunks: 2 }) });
  expect(await direct(stack.key).responses.retrieve(response.id)).toMatchObject({ id: response.id });
  await expect(direct(otherKey).responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 });
  const next = { model: 'gpt-test', input: sim({ chunks: 1 }), previous_response_id: response.id };
  expect((await direct(stack.key).responses.create(next)).status).toBe('completed');
  await expect(direct(otherKey).responses.create(next)).rejects.toMatchObject({ status: 404 });
  // Nor by a key that is written another way.
  const escaped = JSON.stringify(next).replace('previous_response_id', 'previous_response_\\u0069d');
  const answer = await call(`${stack.url}/v1/responses`, {
    headers: { authorization: `Bearer ${otherKey}` },
    body: escaped,
  });
  expect(answer.status).toBe(404);
  await direct(stack.key).responses.delete(response.id);
  await expect(direct(stack.key).responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 });
});

test('a streamed response is pinned as well, and one that is not stored is not', async () => {
  const direct = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1`, maxRetries: 0 });
  const ask = { model: 'gpt-test', input: sim({ chunks: 2 }) };
  const stored = await direct.responses.stream(ask).finalResponse();
  const unstored = await direct.responses.create({ ...ask, store: false });
  const pins = () => stack.database.query<{ id: string }>(`SELECT id FROM upstream_object WHERE kind = 'response'`);
  await expect.poll(async () => (await pins()).map(({ id }) => id)).toContain(stored.id);
  expect((await pins()).map(({ id }) => id)).not.toContain(unstored.id);
});

test('what cannot be charged for yet is closed', async () => {
  const job = { model: 'gpt-test', training_file: 'file-x' };
  await expect(client.fineTuning.jobs.create(job)).rejects.toMatchObject({ status: 404 });
  await expect(client.vectorStores.create({})).rejects.toMatchObject({ status: 404 });
  const attempts = ['batches/batch_1', 'batches/batch_1/anything', 'batches/batch_1/cancel/again'];
  for (const path of attempts) {
    const answer = await call(`${stack.url}/v1/openai/${path}`, {
      headers: { authorization: `Bearer ${stack.key}` },
      body: { model: 'gpt-test' },
    });
    expect(answer.status, path).toBe(404);
  }
  expect(stack.upstream.requests).toHaveLength(0);
});
