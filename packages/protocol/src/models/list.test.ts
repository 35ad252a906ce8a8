import { RelayError } from '@ai-bridge/domain';
import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ListedModel, renderModel, renderModelList } from './list.ts';

const createdAt = new Date('2026-01-02T03:04:05.600Z');

function model(id: string): ListedModel {
  const takes = { images: true, tools: false, documents: undefined };
  return { id, displayName: id.toUpperCase(), provider: 'anthropic', createdAt, contextTokens: 200_000, takes };
}

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly has_more: boolean;
  readonly first_id: string | null;
  readonly last_id: string | null;
}

describe('renderModelList', () => {
  test('one entry serves Anthropic’s and OpenAI’s clients', () => {
    expect(renderModel('openai', model('m'))).toEqual(renderModel('anthropic', model('m')));
    expect(renderModel('openai', model('m'))).toMatchObject({
      id: 'm',
      type: 'model',
      object: 'model',
      created_at: '2026-01-02T03:04:05.600Z',
      created: 1_767_323_045,
      owned_by: 'anthropic',
      max_input_tokens: 200_000,
      max_tokens: null,
    });
  });

  test('an entry has all that Anthropic’s type promises, and says what the model takes as far as that is known', () => {
    const entry: ModelInfo = renderModel('anthropic', model('m')) as ModelInfo;
    const promised: Required<ModelInfo> = {
      ...{ id: 'm', type: 'model', display_name: 'M', created_at: '2026-01-02T03:04:05.600Z', line: null },
      ...{ lifecycle: 'active', deprecated_at: null, retires_at: null },
      ...{ capabilities: null, max_input_tokens: 200_000, max_tokens: null },
    };
    expect(entry).toMatchObject({ ...promised, takes: { images: true, tools: false, documents: null } });
    expect(renderModel('gemini', model('m'))).toMatchObject({ takes: { images: true, tools: false, documents: null } });
  });

  test('walking the pages forward or backward gives every model once, in any page size', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 10 }), fc.boolean(), (count, limit, forward) => {
        const models = Array.from({ length: count }, (_, i) => model(`m${i}`));
        const seen: string[] = [];
        let cursor: string | null = forward ? null : 'end';
        const all = forward ? models : [...models, model('end')];
        for (let turns = 0; turns <= count; turns++) {
          const query = new URLSearchParams({ limit: String(limit) });
          if (cursor !== null) query.set(forward ? 'after_id' : 'before_id', cursor);
          const page = renderModelList('anthropic', all, query) as Page;
          const ids = page.data.map(({ id }) => id);
          if (forward) seen.push(...ids);
          else seen.unshift(...ids);
          cursor = forward ? page.last_id : page.first_id;
          if (!page.has_more) break;
        }
        expect(seen).toEqual(models.map(({ id }) => id));
      }),
    );
  });

  test('OpenAI’s clients get all models at once, Anthropic’s twenty', () => {
    const models = Array.from({ length: 50 }, (_, i) => model(`m${i}`));
    expect(renderModelList('openai', models, new URLSearchParams())).toMatchObject({ has_more: false });
    expect((renderModelList('openai', models, new URLSearchParams()) as Page).data).toHaveLength(50);
    expect((renderModelList('anthropic', models, new URLSearchParams()) as Page).data).toHaveLength(20);
  });

  test('Gemini pages by token until there is none', () => {
    const models = ['a', 'b', 'c'].map(model);
    const first = renderModelList('gemini', models, new URLSearchParams('pageSize=2'));
    expect(first).toMatchObject({ models: [{ name: 'models/a' }, { name: 'models/b' }], nextPageToken: 'b' });
    const last = renderModelList('gemini', models, new URLSearchParams('pageSize=2&pageToken=b'));
    expect(last).toMatchObject({ models: [{ name: 'models/c', inputTokenLimit: 200_000 }] });
    expect(last).not.toHaveProperty('nextPageToken');
  });

  test('no models make an empty list', () => {
    expect(renderModelList('anthropic', [], new URLSearchParams())).toEqual({
      object: 'list',
      data: [],
      has_more: false,
      first_id: null,
      last_id: null,
    });
  });

  test.each(['0', '-1', '1.5', 'x'])('a limit of %s is refused', (limit) => {
    const read = () => renderModelList('anthropic', [], new URLSearchParams({ limit }));
    expect(read).toThrow(RelayError);
  });
});
