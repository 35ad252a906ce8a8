import { clientKeyPattern } from '@ai-bridge/billing';
import { z } from 'zod';
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import type { Locale } from '#i18n/routing.ts';
import { apiBase } from './answer.ts';
import { idempotencyHeader, organizationQuery } from './read-call.ts';
import { type ApiRoute, isOfOrganization } from './route.ts';
import { apiRoutes } from './routes.ts';
import { errorAnswer } from './shapes.ts';
import { documentWords } from './words.ts';

const idempotencyHeaders = z.object({ [idempotencyHeader]: z.string().regex(clientKeyPattern).optional() });

/** The OpenAPI document of the user API, from the very table that answers by. */
export function userApiDocument(locale: Locale, site: { readonly url: string; readonly name: string }) {
  const { document } = documentWords(locale);
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: `${site.name}: ${document.title}`, version: '1', description: document.description },
      servers: [{ url: site.url }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', description: document.token } } },
      paths: pathsIn(locale),
    },
    { override: allowMore },
  );
}

/** Answers may get more fields; requests may not. */
const allowMore: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema, io }) => {
  if (io === 'output') delete jsonSchema.additionalProperties;
};

function pathsIn(locale: Locale): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of apiRoutes) {
    const path = `${apiBase}${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, locale) };
  }
  return paths;
}

function operationOf(route: ApiRoute, locale: Locale): ZodOpenApiOperationObject {
  const { routes, document } = documentWords(locale);
  const { params: path, body } = route.input;
  const query = isOfOrganization(route) ? organizationQuery.extend(route.input.query?.shape ?? {}) : route.input.query;
  const header = route.isIdempotent ? idempotencyHeaders : undefined;
  return {
    ...{ operationId: route.name, summary: routes[route.name] },
    ...(route.access === 'public' ? { security: [] } : { security: [{ token: [] }] }),
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      [route.status]: {
        description: document.answered,
        content: { 'application/json': { schema: route.output } },
      },
      default: { description: document.refused, content: { 'application/json': { schema: errorAnswer } } },
    },
  };
}
