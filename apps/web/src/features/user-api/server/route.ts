import type { Permission } from '@ai-bridge/access';
import type { z } from 'zod';
import type { Locale } from '#i18n/routing.ts';
import type { Context } from '#server/context.ts';
import type { SiteConfig } from '#server/deps.ts';
import type { createCaller } from '#server/root.ts';
import type { RouteName } from './words.ts';

/** Who may call a route: anyone, anyone signed in, or who holds a permission in an organization. */
export type RouteAccess = 'public' | 'signedIn' | Permission;

/** What of a request a route reads. */
export interface RouteInput {
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
}

type Read<Schema> = Schema extends z.ZodObject ? z.output<Schema> : Record<never, never>;

/** One request, read. */
export interface ApiCall<Input extends RouteInput = RouteInput> {
  /** The console's own procedures, called by whoever the token is of: each checks for itself what they may. */
  readonly console: ReturnType<typeof createCaller>;
  readonly context: Context;
  readonly site: Pick<SiteConfig, 'sessionSecret'>;
  readonly locale: Locale;
  readonly params: Read<Input['params']>;
  readonly query: Read<Input['query']>;
  readonly body: Read<Input['body']>;
  /** The organization that the request names; none: the one that the token works in. */
  readonly of: { readonly organizationId?: string | undefined };
  readonly idempotencyKey: string | undefined;
}

export interface RouteOptions<Input extends RouteInput> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind /api/user, with {name} for a segment that varies. */
  readonly path: `/${string}`;
  /** Its operation in the OpenAPI document, and where its words are. */
  readonly name: RouteName;
  readonly access: RouteAccess;
  readonly input?: Input;
  /** Takes an Idempotency-Key. */
  readonly isIdempotent?: boolean;
  readonly status?: 200 | 201;
  /** What leaves: whatever an answer has besides is left out. */
  readonly output: z.ZodObject;
  handle(call: ApiCall<Input>): Promise<object>;
}

/** A route of the user API, for the dispatcher and for its document alike. */
export interface ApiRoute extends Omit<RouteOptions<RouteInput>, 'handle' | 'input' | 'status'> {
  readonly input: RouteInput;
  readonly status: 200 | 201;
  handle(call: ApiCall): Promise<object>;
}

/** A route whose handler is given exactly what its schemas read. */
export function route<const Input extends RouteInput = RouteInput>(options: RouteOptions<Input>): ApiRoute {
  const { handle, input, status = 200, ...rest } = options;
  // The dispatcher reads a call by these very schemas before it hands it over.
  return { ...rest, status, input: input ?? {}, handle: (call) => handle(call as ApiCall<Input>) };
}

/** Whether a route is about an organization, which a request may name. */
export function isOfOrganization({ access }: Pick<ApiRoute, 'access'>): boolean {
  return access !== 'public' && access !== 'signedIn';
}
