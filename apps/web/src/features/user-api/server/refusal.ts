import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { MaintenanceNotice } from '#features/maintenance/maintenance.ts';
import { fieldOf, noticeIn, type Reason, reasonOf, WaitFirst } from '#server/errors.ts';
import type { ApiReason } from './words.ts';

/** Why a request gets no answer, as it is told. */
export interface Told {
  readonly status: number;
  readonly code: Reason | ApiReason;
  /** The field or parameter that it is about. */
  readonly field?: string | undefined;
  /** More than the code's own words. */
  readonly detail?: string | undefined;
  readonly waitMs?: number | undefined;
  /** Told besides, where it is refused because something is worked on. */
  readonly notice?: MaintenanceNotice | undefined;
}

/** What the API itself refuses; procedures refuse as they do in the console. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly told: Told;

  constructor(told: Told) {
    super(told.code);
    this.told = told;
  }
}

/** A wait whose end nobody knows is tried again after so long. */
const unknownWaitMs = 60_000;

/** What an error is told as: never a message of a database, a library or a stack. */
export function toldOf(error: unknown): Told {
  if (error instanceof ApiRefusal) return error.told;
  if (!(error instanceof TRPCError)) return { status: 500, code: 'internal' };
  const status = getHTTPStatusCodeFromError(error);
  const waitMs = error.cause instanceof WaitFirst ? error.cause.waitMs : unknownWaitMs;
  const told = { status, code: reasonOf(error), field: fieldOf(error), notice: noticeIn(error) };
  return status === 429 || status === 503 ? { ...told, waitMs } : told;
}

/** The kind of an error, as the relay's own errors name theirs. */
export function typeOf(status: number): string {
  return types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
}

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_exceeded',
};
