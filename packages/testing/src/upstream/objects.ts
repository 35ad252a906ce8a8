import { createHash, randomBytes } from 'node:crypto';
import { createKeptBatches, type KeptBatches } from './batches.ts';

/** What an upstream keeps for its account: files with their bytes, and stored answers. */
export interface KeptObjects {
  /** Answers a request about kept objects: JSON or raw bytes; undefined where the path is about none. */
  answer(
    method: string,
    path: string,
    body: Buffer,
    json: Record<string, unknown>,
  ): { status: number; value: unknown } | undefined;
  /** Keeps an answer of POST /v1/responses. */
  keep(response: { readonly id: string }): void;
  readonly batches: KeptBatches;
}

interface KeptFile {
  readonly object: Readonly<Record<string, unknown>>;
  readonly content: Buffer;
}

const missing = { status: 404, value: { error: { message: 'No such object', type: 'invalid_request_error' } } };

export function createKeptObjects(): KeptObjects {
  const files = new Map<string, KeptFile>();
  const responses = new Map<string, unknown>();

  function upload(body: Buffer): { status: number; value: unknown } {
    return { status: 200, value: write(contentOf(body)) };
  }

  function write(content: Buffer): { readonly id: string } {
    const id = `file-${randomBytes(9).toString('hex')}`;
    const sha256 = createHash('sha256').update(content).digest('hex');
    const object = {
      id,
      object: 'file',
      bytes: content.length,
      created_at: 1,
      filename: 'f',
      purpose: 'user_data',
      sha256,
    };
    files.set(id, { object, content });
    return object;
  }

  const batches = createKeptBatches({
    read: (id) => files.get(id)?.content,
    write: (content) => write(content).id,
  });

  function aboutFile(method: string, id: string, rest: string | undefined): { status: number; value: unknown } {
    const file = files.get(id);
    if (!file) return missing;
    if (rest === 'content') return { status: 200, value: file.content };
    if (method === 'DELETE') files.delete(id);
    return { status: 200, value: method === 'DELETE' ? { id, object: 'file', deleted: true } : file.object };
  }

  function aboutResponse(method: string, id: string): { status: number; value: unknown } {
    const response = responses.get(id);
    if (!response) return missing;
    if (method === 'DELETE') responses.delete(id);
    return { status: 200, value: method === 'DELETE' ? { id, object: 'response', deleted: true } : response };
  }

  return {
    answer(method, path, body, json) {
      if (method === 'POST' && path === '/v1/files') return upload(body);
      if (method === 'GET' && path === '/v1/files')
        return { status: 200, value: { object: 'list', data: [...files.keys()] } };
      const [, kind, id = '', rest] = /^\/v1\/(files|responses)\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
      if (kind === 'files') return aboutFile(method, id, rest);
      if (kind === 'responses' && method !== 'POST') return aboutResponse(method, id);
      return batches.answer(method, path, json);
    },
    batches,
    keep: (response) => void responses.set(response.id, response),
  };
}

/** The bytes of the only file in a form: between the blank line behind its header and the closing boundary. */
function contentOf(body: Buffer): Buffer {
  const boundary = body.subarray(0, body.indexOf('\r\n'));
  const head = body.indexOf('filename=');
  const start = body.indexOf('\r\n\r\n', head) + 4;
  return body.subarray(start, body.indexOf(Buffer.concat([Buffer.from('\r\n'), boundary]), start));
}
