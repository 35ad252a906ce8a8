import { AccessError, type AccessErrorCode } from '@ai-bridge/access';
import { BillingError, type BillingErrorCode } from '@ai-bridge/billing';
import { CatalogError, type CatalogErrorCode } from '@ai-bridge/catalog';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { MaintenanceNotice } from '#features/maintenance/maintenance.ts';

type RpcCode = TRPCError['code'];

/** What the console itself refuses. */
export const refusals = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  sign_up_closed: 'FORBIDDEN',
  maintenance: 'SERVICE_UNAVAILABLE',
  too_many_attempts: 'TOO_MANY_REQUESTS',
  preview_too_slow: 'TIMEOUT',
  text_missing: 'BAD_REQUEST',
  changed_meanwhile: 'CONFLICT',
  incident_closed: 'CONFLICT',
  image_invalid: 'BAD_REQUEST',
  email_unverified: 'FORBIDDEN',
  set_up_over: 'FORBIDDEN',
  look_reason_needed: 'PRECONDITION_FAILED',
  own_account: 'FORBIDDEN',
  placeholder_unknown: 'BAD_REQUEST',
  reply_limit_reached: 'CONFLICT',
  view_name_taken: 'CONFLICT',
  view_limit_reached: 'CONFLICT',
} as const satisfies Record<string, RpcCode>;

export type Refusal = keyof typeof refusals;

const accessCodes: Record<AccessErrorCode, RpcCode> = {
  email_invalid: 'BAD_REQUEST',
  email_taken: 'CONFLICT',
  name_invalid: 'BAD_REQUEST',
  password_invalid: 'BAD_REQUEST',
  organization_owned_by_file: 'CONFLICT',
  settings_invalid: 'BAD_REQUEST',
  key_malformed: 'BAD_REQUEST',
  key_taken: 'CONFLICT',
  key_limit_reached: 'CONFLICT',
  key_owned_by_file: 'CONFLICT',
  key_unusable: 'CONFLICT',
  key_rotated_too_often: 'CONFLICT',
  own_key_malformed: 'BAD_REQUEST',
  own_key_is_relay_key: 'BAD_REQUEST',
  own_key_other_provider: 'BAD_REQUEST',
  own_key_limit_reached: 'CONFLICT',
  last_administrator: 'CONFLICT',
  ticket_invalid: 'BAD_REQUEST',
  password_wrong: 'BAD_REQUEST',
  code_wrong: 'BAD_REQUEST',
  two_factor_on: 'CONFLICT',
  two_factor_off: 'CONFLICT',
  last_way_in: 'CONFLICT',
  invitation_invalid: 'BAD_REQUEST',
  invitation_limit_reached: 'CONFLICT',
  other_address: 'FORBIDDEN',
  member_already: 'CONFLICT',
  member_limit_reached: 'CONFLICT',
  last_owner: 'CONFLICT',
  only_owner: 'CONFLICT',
  organization_owned: 'CONFLICT',
  password_needed: 'CONFLICT',
  email_mismatch: 'BAD_REQUEST',
  staff_account: 'CONFLICT',
  not_found: 'NOT_FOUND',
};

const catalogCodes: Record<CatalogErrorCode, RpcCode> = {
  channel_invalid: 'BAD_REQUEST',
  channel_name_taken: 'CONFLICT',
  channel_owned_by_file: 'CONFLICT',
  channel_owned_by_environment: 'CONFLICT',
  channel_is_demo: 'CONFLICT',
  channel_is_off: 'CONFLICT',
  channel_credential_needed: 'BAD_REQUEST',
  channel_group_unknown: 'BAD_REQUEST',
  channel_pool_unknown: 'BAD_REQUEST',
  group_invalid: 'BAD_REQUEST',
  group_taken: 'CONFLICT',
  group_owned_by_file: 'CONFLICT',
  group_is_default: 'CONFLICT',
  group_not_offered: 'FORBIDDEN',
  model_owned_by_file: 'CONFLICT',
  model_invalid: 'BAD_REQUEST',
  date_invalid: 'BAD_REQUEST',
  already_begun: 'CONFLICT',
  import_invalid: 'BAD_REQUEST',
  import_changed: 'CONFLICT',
  import_jump_unconfirmed: 'CONFLICT',
  proxy_invalid: 'BAD_REQUEST',
  proxy_name_taken: 'CONFLICT',
  proxy_owned_by_file: 'CONFLICT',
  setting_invalid: 'BAD_REQUEST',
  setting_owned_by_file: 'CONFLICT',
  too_many_tasks: 'TOO_MANY_REQUESTS',
  not_found: 'NOT_FOUND',
};

const billingCodes: Record<BillingErrorCode, RpcCode> = {
  not_found: 'NOT_FOUND',
  client_key_invalid: 'BAD_REQUEST',
  client_key_reused: 'CONFLICT',
  plan_not_on_sale: 'CONFLICT',
  plan_taken: 'CONFLICT',
  plan_invalid: 'BAD_REQUEST',
  plan_owned_by_file: 'CONFLICT',
  amount_invalid: 'BAD_REQUEST',
  order_closed: 'CONFLICT',
  payments_unavailable: 'PRECONDITION_FAILED',
  payment_provider_unavailable: 'BAD_GATEWAY',
  payment_provider_refused: 'CONFLICT',
  order_not_paid: 'CONFLICT',
  order_disputed: 'CONFLICT',
  refund_open: 'CONFLICT',
  refund_closed: 'CONFLICT',
  nothing_to_refund: 'CONFLICT',
  amount_too_high: 'CONFLICT',
  reason_needed: 'BAD_REQUEST',
  another_person_needed: 'FORBIDDEN',
  balance_in_use: 'CONFLICT',
  balance_frozen: 'CONFLICT',
  insufficient_balance: 'CONFLICT',
  event_invalid: 'BAD_REQUEST',
  code_unknown: 'NOT_FOUND',
  code_used: 'CONFLICT',
  code_expired: 'CONFLICT',
  batch_invalid: 'BAD_REQUEST',
  batch_closed: 'CONFLICT',
  adjustment_closed: 'CONFLICT',
  payment_method_needed: 'CONFLICT',
  top_up_invalid: 'BAD_REQUEST',
  alert_invalid: 'BAD_REQUEST',
};

/** Everything a caller may be told as the reason of a failure; the interface words each once. */
export type Reason = Refusal | AccessErrorCode | BillingErrorCode | CatalogErrorCode | 'invalid_input' | 'internal';

/** The cause of a refusal that is over by itself. */
export class WaitFirst extends Error {
  override readonly name: string = 'WaitFirst';
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`expected ${waitMs} ms to pass first`);
    this.waitMs = waitMs;
  }
}

/** An error that procedures throw on purpose. @param waitMs when it is over at the latest, where that is known */
export function refuse(refusal: Refusal, waitMs?: number): TRPCError {
  const cause = waitMs === undefined ? undefined : new WaitFirst(waitMs);
  return new TRPCError({ code: refusals[refusal], message: refusal, cause });
}

/** The cause of a refusal while something is worked on. */
class UnderMaintenance extends WaitFirst {
  override readonly name = 'UnderMaintenance';
  readonly notice: MaintenanceNotice;

  constructor(notice: MaintenanceNotice, waitMs: number) {
    super(waitMs);
    this.notice = notice;
  }
}

/** The refusal of what has to wait while something is worked on. */
export function refuseForMaintenance(notice: MaintenanceNotice, waitMs: number): TRPCError {
  const cause = new UnderMaintenance(notice, waitMs);
  return new TRPCError({ code: refusals.maintenance, message: 'maintenance', cause });
}

/** What people are told of what is worked on, where that is why they are refused. */
export function noticeIn({ cause }: TRPCError): MaintenanceNotice | undefined {
  return cause instanceof UnderMaintenance ? cause.notice : undefined;
}

/** A package's refusal as the console's; anything else stays what it was. */
export function asRpcError(cause: unknown): TRPCError | undefined {
  if (cause instanceof AccessError) return new TRPCError({ code: accessCodes[cause.code], message: cause.code, cause });
  if (cause instanceof BillingError)
    return new TRPCError({ code: billingCodes[cause.code], message: cause.code, cause });
  if (cause instanceof CatalogError)
    return new TRPCError({ code: catalogCodes[cause.code], message: cause.code, cause });
  return undefined;
}

/** The field of a form that an error is about. */
export function fieldOf({ cause }: TRPCError): string | undefined {
  if (cause instanceof CatalogError || cause instanceof AccessError) return cause.path;
  return cause instanceof ZodError ? cause.issues[0]?.path.join('.') || undefined : undefined;
}

/** The one reason that leaves the process: never a message of a database, a library or a stack. */
export function reasonOf(error: TRPCError): Reason {
  if (error.cause instanceof ZodError) return 'invalid_input';
  const { message } = error;
  if (message in refusals || message in accessCodes || message in billingCodes || message in catalogCodes)
    return message as Reason;
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') return 'invalid_input';
  return error.code === 'NOT_FOUND' ? 'not_found' : 'internal';
}
