import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Context } from '#server/context.ts';
import type { Deps } from '#server/deps.ts';
import { answerUserApi, apiBase } from './answer.ts';
import { userApiDocument } from './document.ts';
import { findRoute } from './routes.ts';
import { tokenOf } from './token.ts';

export const site = { sessionSecret: 'a-secret-of-the-tests' };

export interface Ask {
  readonly token?: string | undefined;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a script is given is JSON; each test says what it expects of it.
  readonly body: any;
}

/** Asks the user API as a script does. Whatever it answers is held against its own document. */
export function asks(deps: Deps, onError: (error: unknown) => void = (error) => expect.fail(String(error))) {
  return async (method: string, path: string, { token, body, headers }: Ask = {}): Promise<Answer> => {
    const request = new Request(`http://site.example${apiBase}${path}`, {
      method,
      headers: {
        ...{ 'accept-language': 'en', 'x-forwarded-for': '192.0.2.7', 'user-agent': 'curl/8.5.0' },
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = await answerUserApi(request, { deps, site, onError });
    const text = await answer.text();
    const read = text === '' ? undefined : JSON.parse(text);
    if (read !== undefined) holdAgainstDocument(method, path, answer.status, read);
    return { status: answer.status, headers: answer.headers, body: read };
  };
}

/** The token of somebody whom a test signed in. */
export function tokenOfPerson({ session }: Context): Promise<string> {
  if (!session) throw new Error('nobody is signed in');
  return tokenOf(session.sessionId, site);
}

const document = userApiDocument('en', { url: 'http://site.example', name: 'Site' });
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'document');

function holdAgainstDocument(method: string, path: string, status: number, body: unknown): void {
  const found = findRoute(method === 'HEAD' ? 'GET' : method, path.split('?')[0] ?? '');
  const isAnswer = 'route' in found && status === found.route.status;
  const pointer = isAnswer
    ? ['paths', `${apiBase}${found.route.path}`, found.route.method.toLowerCase(), 'responses', String(status)]
    : undefined;
  const schema = pointer
    ? `document#/${[...pointer, 'content', 'application/json', 'schema'].map(asPointer).join('/')}`
    : 'document#/components/schemas/Error';
  const check = ajv.getSchema(schema);
  if (!check) throw new Error(`the document has no ${schema}`);
  const isRight = check(body);
  expect(isRight, `${method} ${path} ${JSON.stringify(check.errors)} ${JSON.stringify(body)}`).toBe(true);
}

const asPointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
