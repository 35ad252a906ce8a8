import { type DemoUpstream, startDemoUpstream } from '@ai-bridge/dev/demo';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docsExamples, runExample } from '../support/docs-examples.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** The models that the docs' examples ask for, by the preset that serves them. */
const models = { anthropic: ['claude-sonnet-4-6'], openai: ['gpt-4o'], gemini: ['gemini-2.5-flash'] };
const examples = docsExamples();

let demo: DemoUpstream;
let stack: Stack;
beforeAll(async () => {
  demo = await startDemoUpstream({ pieceDelayMs: 0 });
  const channel = { baseUrl: demo.url, apiKey: 'unused', allowPrivate: true };
  stack = await startStack({
    config: (config) => ({
      ...config,
      channels: Object.entries(models).map(([preset, served]) => ({
        name: preset,
        preset,
        models: served,
        ...channel,
      })),
      models: Object.values(models).flatMap(([id = '']) => ({ id, price: { input: 1, output: 2 }, fallback: [] })),
    }),
  });
});
afterAll(async () => {
  await stack.stop();
  await demo.stop();
});

test('the docs have examples, and each curl and Node example is run', () => {
  expect(examples.length).toBeGreaterThan(40);
  expect(examples.filter(({ isRun }) => !isRun).map(({ place }) => place)).toEqual([]);
});

test.each(examples.map((example) => [example.place, example] as const))(
  '%s works as it is printed',
  async (_, example) => {
    const { exitCode, output } = await runExample(example, { BRIDGE_URL: stack.url, YOUR_API_KEY: stack.key });
    expect(exitCode, output).toBe(0);
    expect(output.trim()).not.toBe('');
  },
);
