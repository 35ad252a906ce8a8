import type { Outcome } from '@ai-bridge/domain';

/** Which of an organization's requests are meant; what is left out does not narrow. */
export interface UsageFilter {
  readonly organizationId: string;
  readonly apiKeyId?: string | undefined;
  /** Those made with keys of this member's; empty: with keys that nobody made, as a configuration file's. */
  readonly memberId?: string | undefined;
  /** The model used, or asked for where none answered; empty: no known model was asked for. */
  readonly model?: string | undefined;
  /** Who served it; empty: nobody did. */
  readonly provider?: string | undefined;
  /** Ended in one of these ways. */
  readonly outcomes?: readonly Outcome[] | undefined;
}

/** Adds a value to a statement's parameters. @returns what stands for it in the text */
export type Bind = (value: unknown) => string;

/** The expressions of a table that hold what a filter narrows by. */
export interface FilterColumns {
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly model: string;
  readonly provider: string;
  readonly outcome: string;
}

/** Of the sums per hour and day. */
export const sumsColumns: FilterColumns = {
  organizationId: 's.organization_id',
  apiKeyId: 's.api_key_id',
  model: 's.model',
  provider: 's.provider',
  outcome: 's.outcome',
};

/** Of the records, saying the same as the sums do of them. */
export const recordColumns: FilterColumns = {
  organizationId: 'u.organization_id',
  apiKeyId: 'u.api_key_id',
  model: `coalesce(u.model_used, CASE WHEN u.price_id IS NULL THEN '' ELSE u.model_requested END)`,
  provider: `coalesce(u.provider, '')`,
  outcome: 'u.outcome',
};

/** A statement's parameters as they are bound. */
export function parameters(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** A filter as conditions that all have to hold. */
export function filterConditions(filter: UsageFilter, columns: FilterColumns, bind: Bind): string[] {
  const { organizationId, apiKeyId, memberId, model, provider, outcomes } = filter;
  const organization = bind(organizationId);
  const conditions = [`${columns.organizationId} = ${organization}`];
  if (apiKeyId !== undefined) conditions.push(`${columns.apiKeyId} = ${bind(apiKeyId)}`);
  if (memberId !== undefined)
    conditions.push(`${columns.apiKeyId} = ANY (ARRAY(
      SELECT id FROM api_key WHERE organization_id = ${organization} AND coalesce(created_by_user_id, '') = ${bind(memberId)}))`);
  if (model !== undefined) conditions.push(`${columns.model} = ${bind(model)}`);
  if (provider !== undefined) conditions.push(`${columns.provider} = ${bind(provider)}`);
  if (outcomes !== undefined) conditions.push(`${columns.outcome} = ANY (${bind(outcomes)}::text[])`);
  return conditions;
}

/** Whether a filter asks for less than everything of its organization. */
export function isNarrowed({ apiKeyId, memberId, model, provider, outcomes }: UsageFilter): boolean {
  return [apiKeyId, memberId, model, provider, outcomes].some((one) => one !== undefined);
}
