import { type ErrorCode, errorCodes, protocols, RelayError } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pickLanguage } from './language.ts';
import { renderError, renderStreamError } from './render.ts';

const context = { requestId: 'req_1', language: 'en' } as const;
const codes = Object.keys(errorCodes) as ErrorCode[];

function rendered(protocol: (typeof protocols)[number], error: RelayError) {
  const { status, headers, body } = renderError(protocol, error, context);
  return { status, headers, body: JSON.parse(body.toString()), text: body.toString() };
}

test('who has no balance is told where to buy, in both languages and every protocol, where that is known', () => {
  const told = (language: 'en' | 'zh', code: ErrorCode, consoleUrl?: string) =>
    protocols.map((protocol) => {
      const named = { ...context, language, consoleUrl };
      return renderError(protocol, new RelayError(code), named).body.toString();
    });
  for (const code of ['insufficient_balance', 'balance_in_use'] as const) {
    for (const text of told('en', code, 'https://shop.example'))
      expect(text).toContain('at https://shop.example/console/plans.');
    for (const text of told('zh', code, 'https://shop.example'))
      expect(text).toContain('在 https://shop.example/console/plans 购买');
    for (const text of [...told('en', code), ...told('zh', code)]) expect(text).not.toContain('undefined');
  }
});

describe('renderError', () => {
  test.each([
    ['invalid_api_key', 401, 'authentication_error', 'authentication_error', 'invalid_api_key', 'UNAUTHENTICATED'],
    ['model_not_allowed', 403, 'permission_error', 'permission_error', 'model_not_allowed', 'PERMISSION_DENIED'],
    [
      'insufficient_balance',
      402,
      'insufficient_balance',
      'insufficient_balance',
      'insufficient_balance',
      'RESOURCE_EXHAUSTED',
    ],
    [
      'rate_limit_exceeded',
      429,
      'rate_limit_error',
      'rate_limit_exceeded',
      'rate_limit_exceeded',
      'RESOURCE_EXHAUSTED',
    ],
    ['invalid_request', 400, 'invalid_request_error', 'invalid_request_error', null, 'INVALID_ARGUMENT'],
    ['model_not_found', 404, 'not_found_error', 'invalid_request_error', 'model_not_found', 'NOT_FOUND'],
    ['request_too_large', 413, 'request_too_large', 'invalid_request_error', 'request_too_large', 'INVALID_ARGUMENT'],
    ['no_channel', 503, 'overloaded_error', 'server_error', 'no_channel', 'UNAVAILABLE'],
    ['overloaded', 503, 'overloaded_error', 'server_error', 'overloaded', 'UNAVAILABLE'],
    ['maintenance', 503, 'overloaded_error', 'server_error', 'maintenance', 'UNAVAILABLE'],
    ['upstream_timeout', 504, 'timeout_error', 'server_error', 'upstream_timeout', 'DEADLINE_EXCEEDED'],
  ] as const)('%s looks as the contract says', (code, status, anthropic, openaiType, openaiCode, gemini) => {
    const error = new RelayError(code);
    const a = rendered('anthropic-messages', error);
    expect(a.body).toMatchObject({ type: 'error', error: { type: anthropic }, request_id: 'req_1' });
    expect(a.status).toBe(code === 'overloaded' ? 529 : status);
    for (const protocol of ['openai-chat', 'openai-responses'] as const) {
      const { body, status: own } = rendered(protocol, error);
      expect({ own, type: body.error.type, code: body.error.code }).toEqual({
        own: status,
        type: openaiType,
        code: openaiCode,
      });
    }
    expect(rendered('gemini', error)).toMatchObject({ status, body: { error: { code: status, status: gemini } } });
  });

  test('every code in every protocol and language carries the request id, its message, and whole seconds to wait', () => {
    for (const code of codes) {
      for (const protocol of protocols) {
        for (const language of ['zh', 'en'] as const) {
          const answer = renderError(protocol, new RelayError(code), { requestId: 'req_xyz', language });
          const text = answer.body.toString();
          expect(text).toContain('req_xyz');
          expect(/[\u4e00-\u9fff]/.test(text)).toBe(language === 'zh');
          expect(answer.headers['retry-after'] ?? '1').toMatch(/^[1-9]\d*$/);
          expect(answer.headers['x-should-retry']).toBe(errorCodes[code].retry ? undefined : 'false');
        }
      }
    }
  });

  test('429, 503, 529 and a balance that is only in use say when to come back; an empty balance does not', () => {
    for (const code of codes) {
      const { headers, status } = renderError('anthropic-messages', new RelayError(code), context);
      if ([429, 503, 529].includes(status) || code === 'balance_in_use') expect(headers).toHaveProperty('retry-after');
    }
    expect(renderError('openai-chat', new RelayError('insufficient_balance'), context).headers).not.toHaveProperty(
      'retry-after',
    );
    const soon = new RelayError('rate_limit_exceeded', { retryAfterSeconds: 0.2 });
    expect(renderError('openai-chat', soon, context).headers['retry-after']).toBe('1');
  });

  test('maintenance says until when and what the operator wrote, in the reader’s language or else the other', () => {
    const until = new Date('2026-11-22T22:05:31Z');
    const told = (language: 'zh' | 'en', notice: { zh: string; en: string }) =>
      protocols.map((protocol) =>
        renderError(protocol, new RelayError('maintenance', { until, notice }), {
          ...context,
          language,
        }).body.toString(),
      );
    for (const text of told('en', { zh: '升级', en: 'New disks.' })) {
      expect(text).toContain('until about 2026-11-22 22:05 UTC.');
      expect(text).toContain('afterwards. New disks.');
      expect(text).not.toContain('升级');
    }
    for (const text of told('zh', { zh: '升级', en: 'New disks.' })) expect(text).toContain('重试。 升级');
    for (const text of told('zh', { zh: '', en: 'New disks.' })) expect(text).toContain('重试。 New disks.');
    for (const text of told('en', { zh: '', en: '' })) expect(text).toContain('try again afterwards."');
  });

  test('maintenance that lasts longer than SDKs wait is not retried by them, a shorter one is', () => {
    const headers = (retryAfterSeconds?: number) =>
      renderError(
        'openai-chat',
        new RelayError('maintenance', { ...(retryAfterSeconds && { retryAfterSeconds }) }),
        context,
      ).headers;
    expect(headers()).toMatchObject({ 'retry-after': '60' });
    expect(headers()).not.toHaveProperty('x-should-retry');
    expect(headers(60)).not.toHaveProperty('x-should-retry');
    expect(headers(61)).toMatchObject({ 'retry-after': '61', 'x-should-retry': 'false' });
  });

  test('the field that is wrong is named', () => {
    const error = new RelayError('invalid_request', { path: 'max_tokens', reason: 'must be a whole number' });
    expect(rendered('openai-chat', error).body.error.param).toBe('max_tokens');
    expect(rendered('anthropic-messages', error).body.error.message).toContain('max_tokens: must be a whole number');
  });

  test('neither the cause nor a stack gets out', () => {
    const error = new RelayError('internal', {}, new Error('postgres://user:secret@host'));
    for (const protocol of protocols) expect(rendered(protocol, error).text).not.toMatch(/secret|at .*\.ts/);
  });
});

describe('renderStreamError', () => {
  test('each protocol gets one whole event of its own kind', () => {
    const render = (protocol: (typeof protocols)[number]) =>
      renderStreamError(protocol, new RelayError('upstream_broke'), context).toString();
    expect(render('anthropic-messages')).toMatch(/^event: error\ndata: \{"type":"error".*\}\n\n$/);
    expect(render('openai-chat')).toMatch(/^data: \{"error":\{.*\}\}\n\n$/);
    expect(render('gemini')).toMatch(/^data: \{"error":\{"code":502.*\}\n\n$/);
    expect(render('openai-responses')).toMatch(/^event: response\.failed\ndata: \{"type":"response\.failed".*\}\n\n$/);
  });

  test('a Responses stream that runs out of balance fails with the code that Codex does not retry', () => {
    const event = renderStreamError('openai-responses', new RelayError('insufficient_balance'), {
      ...context,
      sequenceNumber: 12,
      model: 'gpt-5',
      createdAtSeconds: 1_700_000_000.9,
    }).toString();
    expect(JSON.parse(event.slice(event.indexOf('{')))).toMatchObject({
      sequence_number: 12,
      response: { status: 'failed', model: 'gpt-5', created_at: 1_700_000_000, error: { code: 'insufficient_quota' } },
    });
  });
});

describe('pickLanguage', () => {
  test.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['en;q=0.1, zh;q=0.5', 'zh'],
    ['fr, de', 'zh'],
    ['fr, *', 'zh'],
    ['zh;q=0, en;q=0.1', 'en'],
    ['EN', 'en'],
    [undefined, 'zh'],
    ['', 'zh'],
    [';;;q=,,en;q=banana', 'zh'],
  ] as const)('%s gives %s', (header, language) => expect(pickLanguage(header, 'zh')).toBe(language));

  test('whatever the header, one of the two languages comes out', () => {
    fc.assert(fc.property(fc.string(), (header) => ['zh', 'en'].includes(pickLanguage(header, 'en'))));
  });
});
