import { clientKeyPattern } from '@ai-bridge/billing';
import { z } from 'zod';
import type { Locale } from '#i18n/routing.ts';
import { readBoundedText } from '#server/rpc-guard.ts';
import { ApiRefusal } from './refusal.ts';
import { type ApiCall, type ApiRoute, isOfOrganization } from './route.ts';
import { id } from './shapes.ts';

export const idempotencyHeader = 'idempotency-key';
/** Which organization a request is about, where its caller is in several. */
export const organizationQuery = z.strictObject({ organizationId: id.optional() });

type Read = Pick<ApiCall, 'params' | 'query' | 'body' | 'of' | 'idempotencyKey'>;

/** What a route reads of a request, by its own schemas; a field that none of them knows is refused. @throws ApiRefusal */
export async function readCall(
  request: Request,
  route: ApiRoute,
  from: { readonly params: Readonly<Record<string, string>>; readonly locale: Locale },
): Promise<Read> {
  const { input } = route;
  const check = (schema: z.ZodObject | undefined, value: unknown) => checked(schema, value, from.locale);
  const params = check(input.params, from.params);
  const sent = Object.fromEntries(new URL(request.url).searchParams);
  const { organizationId, ...rest } = sent;
  const isNamed = isOfOrganization(route) && organizationId !== undefined;
  const of = isNamed ? check(organizationQuery, { organizationId }) : {};
  const query = check(input.query ?? nothing, isNamed ? rest : sent);
  const body = check(input.body, input.body && (await readJson(request)));
  return { params, query, body, of, idempotencyKey: route.isIdempotent ? idempotencyKeyOf(request) : undefined };
}

const nothing = z.strictObject({});

function checked(schema: z.ZodObject | undefined, value: unknown, locale: Locale): Record<string, unknown> {
  if (!schema) return {};
  const read = schema.safeParse(value, { error: languages[locale] });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined);
  throw new ApiRefusal({ status: 400, code: 'invalid_input', field, detail: issue?.message });
}

const languages = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

/** A body of JSON within the bound that procedures have. */
async function readJson(request: Request): Promise<unknown> {
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json') throw new ApiRefusal({ status: 415, code: 'json_only' });
  const text = await readBoundedText(request);
  if (text === undefined) throw new ApiRefusal({ status: 413, code: 'body_too_large' });
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiRefusal({ status: 400, code: 'json_malformed' });
  }
}

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers.get(idempotencyHeader) ?? undefined;
  if (key !== undefined && !clientKeyPattern.test(key))
    throw new ApiRefusal({ status: 400, code: 'client_key_invalid', field: 'Idempotency-Key' });
  return key;
}
