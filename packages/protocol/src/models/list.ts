import { RelayError, type Takes } from '@ai-bridge/domain';

/** A model as it is listed. */
export interface ListedModel {
  readonly id: string;
  readonly displayName: string;
  readonly provider: string;
  readonly createdAt: Date;
  readonly contextTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly takes: Takes;
}

/** Anthropic pages; OpenAI's clients expect all at once; Gemini has names and pages of its own. */
export type ModelListShape = 'anthropic' | 'openai' | 'gemini';

const maxPageModels = 1_000;
const anthropicPageModels = 20;
const geminiPageModels = 50;
const geminiMethods = ['generateContent', 'streamGenerateContent', 'countTokens'];

/**
 * The body of a list of models, ready to be put into JSON. Anthropic's and OpenAI's clients both read the same one; they
 * differ in paging only.
 *
 * @param models in the order they are listed in
 * @param query `limit, after_id, before_id`, or Gemini's `pageSize, pageToken`
 * @throws RelayError invalid_request where a number in the query is none
 */
export function renderModelList(shape: ModelListShape, models: readonly ListedModel[], query: URLSearchParams): object {
  if (shape === 'gemini') return geminiList(models, query);
  const limit = pageLimit(query, 'limit', shape === 'anthropic' ? anthropicPageModels : models.length);
  const { page, hasMore } = pageOf(models, limit, query.get('after_id'), query.get('before_id'));
  return {
    object: 'list',
    data: page.map(sharedModel),
    has_more: hasMore,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

/** The body of one model. */
export function renderModel(shape: ModelListShape, model: ListedModel): object {
  return shape === 'gemini' ? geminiModel(model) : sharedModel(model);
}

function pageOf(models: readonly ListedModel[], limit: number, afterId: string | null, beforeId: string | null) {
  if (beforeId !== null) {
    const end = Math.max(
      0,
      models.findIndex(({ id }) => id === beforeId),
    );
    const start = Math.max(0, end - limit);
    return { page: models.slice(start, end), hasMore: start > 0 };
  }
  const after = afterId === null ? -1 : models.findIndex(({ id }) => id === afterId);
  // A model that is gone by now: the list ends, rather than starting over without end.
  const start = afterId !== null && after === -1 ? models.length : after + 1;
  return { page: models.slice(start, start + limit), hasMore: start + limit < models.length };
}

function pageLimit(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null || text === '') return otherwise;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RelayError('invalid_request', {
      path: name,
      reason: `must be a whole number from 1 to ${maxPageModels}`,
    });
  }
  return Math.min(limit, maxPageModels);
}

function sharedModel(model: ListedModel): object {
  return {
    id: model.id,
    type: 'model',
    object: 'model',
    display_name: model.displayName,
    created_at: model.createdAt.toISOString(),
    created: Math.floor(model.createdAt.getTime() / 1_000),
    owned_by: model.provider,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    line: null,
    max_input_tokens: model.contextTokens ?? null,
    max_tokens: model.maxOutputTokens ?? null,
    // All or nothing by its type: what we know is only a part, and calling the rest unsupported would switch it off in clients.
    capabilities: null,
    takes: toldTakes(model.takes),
  };
}

/** No vendor has three answers to this question: true, false, and null for not known. */
function toldTakes({ images, tools, documents }: Takes): object {
  return { images: images ?? null, tools: tools ?? null, documents: documents ?? null };
}

function geminiList(models: readonly ListedModel[], query: URLSearchParams): object {
  const limit = pageLimit(query, 'pageSize', geminiPageModels);
  const { page, hasMore } = pageOf(models, limit, query.get('pageToken') || null, null);
  return { models: page.map(geminiModel), ...(hasMore ? { nextPageToken: page.at(-1)?.id } : {}) };
}

function geminiModel(model: ListedModel): object {
  return {
    name: `models/${model.id}`,
    baseModelId: model.id,
    displayName: model.displayName,
    inputTokenLimit: model.contextTokens,
    outputTokenLimit: model.maxOutputTokens,
    supportedGenerationMethods: geminiMethods,
    takes: toldTakes(model.takes),
  };
}
