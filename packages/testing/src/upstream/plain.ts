import { records } from './answer.ts';
import type { Script } from './script.ts';

const knownModels = ['claude-test', 'gpt-test', 'gemini-test'];
const dimensions = 8;

/** Answers that have no stream: counts, embeddings and model lists. Undefined: not one of those paths. */
export function plainAnswer(method: string, path: string, body: Record<string, unknown>, script: Script): unknown {
  if (method === 'GET' && /\/v1beta\/models$/.test(path))
    return { models: knownModels.map((id) => ({ name: `models/${id}` })) };
  if (method === 'GET' && path.endsWith('/models')) {
    return { object: 'list', data: knownModels.map((id) => ({ id, object: 'model', created: 1, owned_by: 'fake' })) };
  }
  if (path.endsWith('/messages/count_tokens')) return { input_tokens: script.inputTokens };
  if (path.endsWith(':countTokens')) return { totalTokens: script.inputTokens };
  if (path.endsWith('/responses/input_tokens')) {
    return { object: 'response.input_tokens', input_tokens: script.inputTokens };
  }
  if (path.endsWith('/embeddings')) return embeddings(body, script);
  if (path.endsWith('/audio/transcriptions')) {
    const usage = {
      type: 'tokens',
      input_tokens: script.inputTokens,
      output_tokens: 4,
      total_tokens: script.inputTokens + 4,
    };
    return { text: 'what was said', usage };
  }
  return undefined;
}

function embeddings(body: Record<string, unknown>, script: Script): unknown {
  const count = Math.max(1, Array.isArray(body['input']) ? records(body['input']).length : 1);
  const vector = Array.from({ length: dimensions }, (_, index) => index / dimensions);
  const isBase64 = body['encoding_format'] === 'base64';
  const embedding = isBase64 ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector;
  return {
    object: 'list',
    data: Array.from({ length: count }, (_, index) => ({ object: 'embedding', index, embedding })),
    model: body['model'],
    usage: { prompt_tokens: script.inputTokens, total_tokens: script.inputTokens },
  };
}
