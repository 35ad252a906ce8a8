import { batchCharge, listTerms, type Price, RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import type { Candidate } from '../relay/route-plan.ts';
import { readInput } from './read-input.ts';

const price: Price = {
  ...{
    id: 'prc_1',
    modelId: 'm',
    version: 1,
    input: 2_000_000_000n,
    output: 8_000_000_000n,
    requestFee: 0n,
    tiers: [],
  },
};
const planFor = (id: string) =>
  ({ model: { id, maxOutputTokens: 500 }, price, terms: listTerms }) as unknown as Candidate;
const line = (body: object = {}, url = '/v1/chat/completions') =>
  Buffer.from(
    JSON.stringify({ custom_id: 'a', method: 'POST', url, body: { model: 'm', input: 'x'.repeat(390), ...body } }),
  );
async function* file(...lines: Buffer[]): AsyncGenerator<Buffer> {
  yield* lines;
}
const read = (...lines: Buffer[]) => readInput(file(...lines), '/v1/chat/completions', planFor);
const refusal = (...lines: Buffer[]) => read(...lines).catch((error: RelayError) => error.detail);

test('the bound is every line with its own cap, or the model’s, for each answer asked for, at half price', async () => {
  const input = await read(line(), line({ max_tokens: 40 }), line({ max_completion_tokens: 10, n: 3 }));
  expect(input.lineCount).toBe(3);
  const outputs = batchCharge(
    [500, 40, 30].map((output) => ({ output })),
    price,
  );
  expect(input.boundNanoUsd).toBeGreaterThan(outputs);
  // About 100 tokens of prompt in each.
  expect(input.boundNanoUsd).toBeLessThan(outputs + batchCharge([{ input: 400 }], price));
});

test('embeddings have no output', async () => {
  const embedding = line({}, '/v1/embeddings');
  const input = await readInput(file(embedding), '/v1/embeddings', planFor);
  expect(input.boundNanoUsd).toBeLessThan(batchCharge([{ input: 150 }], price));
});

test('what the prompts surely have is below what they probably have', async () => {
  const short = line({ input: 'y'.repeat(60) });
  const { certainPromptTokens, leastLineTokens } = await read(line(), short);
  expect(leastLineTokens).toBeLessThan(30n);
  expect(certainPromptTokens).toBeLessThanOrEqual((390n + 60n + 60n) / 4n);
  expect(certainPromptTokens).toBeGreaterThan(2n * leastLineTokens);
});

test('objects that any line names are found, also where the key is written with an escape', async () => {
  const escaped = Buffer.from(
    line({ previous_response_id: 'resp_2' }).toString().replace('response_id', 'response_\\u0069d'),
  );
  const { references } = await read(line({ file_id: 'file-1' }), escaped, line({ file_id: 'file-1' }));
  expect(references).toEqual([
    { kind: 'file', id: 'file-1' },
    { kind: 'response', id: 'resp_2' },
  ]);
});

test('a bad line is named, and so is its field', async () => {
  expect(await refusal(line(), line({ model: 'other' }))).toEqual({
    path: 'input_file_id, line 2, body.model',
    reason: 'must be the model of the first line, m',
  });
  expect(await refusal(Buffer.from('nonsense'))).toMatchObject({ path: 'input_file_id, line 1' });
});

test('a file without lines, or with more than anybody takes, makes no batch', { timeout: 60_000 }, async () => {
  expect(await refusal()).toMatchObject({ reason: 'has no lines' });
  const one = line({ input: '' });
  async function* many(): AsyncGenerator<Buffer> {
    for (let index = 0; index <= 50_000; index++) yield one;
  }
  await expect(readInput(many(), '/v1/chat/completions', planFor)).rejects.toMatchObject({
    detail: { reason: 'must have at most 50000 lines' },
  });
});

test('an error of the plan is the answer as it is', async () => {
  const plan = () => {
    throw new RelayError('model_not_allowed', { model: 'm' });
  };
  await expect(readInput(file(line()), '/v1/chat/completions', plan)).rejects.toMatchObject({
    code: 'model_not_allowed',
  });
});
