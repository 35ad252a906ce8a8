import { expect, test } from 'vitest';
import { stepsBehind, testRequest } from './welcome.ts';

test('a step that was passed over is behind as much as one that is done', () => {
  const steps = (['done', 'skipped', 'open'] as const).map((state) => ({ step: 'mail' as const, state }));
  expect(stepsBehind({ steps })).toBe(2);
});

test('the request that can be pasted names the worker’s address and the model, and its body is JSON', () => {
  const text = testRequest('https://api.example.com', 'claude-sonnet-4-6');
  expect(text).toContain('curl https://api.example.com/v1/chat/completions');
  const body = JSON.parse(text.slice(text.indexOf("'") + 1, -1)) as Record<string, unknown>;
  expect(body).toMatchObject({ model: 'claude-sonnet-4-6', messages: [{ role: 'user' }] });
});
