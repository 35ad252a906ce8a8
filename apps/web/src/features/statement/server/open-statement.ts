import { type Month, readMonth } from '@ai-bridge/domain';
import { maxMonthEntries } from '@ai-bridge/ledger';
import { TRPCError } from '@trpc/server';
import { hasLocale } from 'next-intl';
import { type Locale, routing } from '#i18n/routing.ts';
import { type Context, createContext } from '#server/context.ts';
import { refuse } from '#server/errors.ts';
import { createCaller } from '#server/root.ts';
import { readPart, type StatementPart } from '../statement-part.ts';
import type { AccountStatement, UsageStatement } from './read-statement.ts';

/** A statement that somebody may have as a file. */
export interface OpenedStatement {
  readonly context: Context;
  /** With the account where it is the whole organization's, and who asks may see that. */
  readonly statement: UsageStatement | AccountStatement;
  readonly part: StatementPart;
  readonly locale: Locale;
}

export interface FileRoute {
  readonly params: Promise<{ readonly month: string }>;
}

/**
 * Answers a request for a statement's file: `?key=`, `?member=`, `?locale=`, and for staff `?organization=`. Who may have it, the procedures
 * decide.
 */
export async function answerFile(
  request: Request,
  { params }: FileRoute,
  answer: (opened: OpenedStatement) => Response | Promise<Response>,
): Promise<Response> {
  try {
    const month = readMonth((await params).month);
    if (!month) throw refuse('not_found');
    return await answer(await openStatement(await createContext(request.headers), month, new URL(request.url)));
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const body = { error: { message: error.message, type: 'invalid_request' } };
    return Response.json(body, { status: statuses[error.code] ?? 400, headers: { 'cache-control': 'no-store' } });
  }
}

const statuses: Partial<Record<TRPCError['code'], number>> = {
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PRECONDITION_FAILED: 412,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
};

/** Reads what a file is made of, as far as the caller may see it. @throws TRPCError */
export async function openStatement(context: Context, month: Month, { searchParams }: URL): Promise<OpenedStatement> {
  const { deps, session } = context;
  if (!session) throw refuse('unauthenticated');
  if (!deps.downloads.admit(session.user.id)) throw refuse('too_many_attempts');
  const part = readPart(searchParams);
  const locale = searchParams.get('locale');
  const organizationId = searchParams.get('organization') ?? undefined;
  return {
    ...{ context, part, locale: hasLocale(routing.locales, locale) ? locale : routing.defaultLocale },
    statement: await readAsFarAsAllowed(context, { organizationId, month }, part),
  };
}

/** Who may not see the account still may see the usage. */
async function readAsFarAsAllowed(
  context: Context,
  question: { readonly organizationId: string | undefined; readonly month: Month },
  part: StatementPart,
): Promise<UsageStatement | AccountStatement> {
  const { statement } = createCaller(context);
  if (part.kind !== 'organization') return statement.usage(question);
  try {
    return await statement.read({ ...question, movements: maxMonthEntries });
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'FORBIDDEN') return statement.usage(question);
    throw error;
  }
}

/** A file's answer. @param name without what it is of, which comes from the statement */
export function fileAnswer(
  body: BodyInit,
  { statement, part }: Pick<OpenedStatement, 'statement' | 'part'>,
  file: { readonly name: string; readonly extension: 'csv' | 'pdf' },
): Response {
  const of = part.kind === 'organization' ? '' : `-${part.id.replace(/[^\w-]/g, '')}`;
  return new Response(body, {
    headers: {
      'content-type': file.extension === 'csv' ? 'text/csv; charset=utf-8' : 'application/pdf',
      'content-disposition': `attachment; filename="${file.name}-${statement.month}${of}.${file.extension}"`,
      'cache-control': 'no-store',
    },
  });
}
