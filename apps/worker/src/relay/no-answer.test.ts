import { expect, test } from 'vitest';
import { whyNoAnswer } from './no-answer.ts';

test.each([
  '',
  ' \r\n\t',
  '<html>busy</html>',
  'upstream busy',
  '{"id":"cut',
  '{"error":{"type":"overloaded_error","message":"m"}}',
  ' {"type":"error","error":{"type":"api_error"}}\n',
  '[{"error":{"code":503,"status":"UNAVAILABLE"}}]',
  '{"error":"busy"}',
])('a 200 with the body %j is no answer', (body) => {
  expect(whyNoAnswer('openai-chat', Buffer.from(body))).toEqual(expect.any(String));
});

test.each([
  '{"id":"a"}',
  '\n[{"candidates":[]}]\n',
  '{"object":"response","error":null}',
  '{"content":[{"text":"an \\"error\\" and {\\"error\\":1}","input":{"error":{"type":"t"}}}]}',
])('a 200 with the body %j is an answer', (body) => {
  expect(whyNoAnswer('openai-responses', Buffer.from(body))).toBeUndefined();
});
