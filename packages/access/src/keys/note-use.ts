import type { Sql } from '@ai-bridge/db';

/** A key's latest request. */
export interface KeyUse {
  readonly apiKeyId: string;
  readonly at: Date;
  /** As it was asked for. */
  readonly model: string;
  /** Undefined: not known. */
  readonly address: string | undefined;
}

/** The most of a model name that is kept: callers choose it. */
const maxModelLength = 200;

/** Notes when, for which model and from where keys were used last, in one statement; tells nobody, for workers need not hear of it. */
export async function noteKeyUses(sql: Sql, uses: readonly KeyUse[]): Promise<void> {
  if (uses.length === 0) return;
  await sql.query(
    `WITH used AS (
       SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[]) AS used(id, at, model, address)
     ), held AS MATERIALIZED (
       SELECT k.id FROM api_key k JOIN used ON used.id = k.id ORDER BY k.id FOR NO KEY UPDATE OF k
     )
     UPDATE api_key k SET last_used_at = used.at, last_model = nullif(used.model, ''), last_address = coalesce(used.address, k.last_address)
     FROM used JOIN held ON held.id = used.id
     WHERE k.id = used.id AND (k.last_used_at IS NULL OR k.last_used_at < used.at)`,
    [
      uses.map(({ apiKeyId }) => apiKeyId),
      uses.map(({ at }) => at),
      uses.map(({ model }) => storable(model).slice(0, maxModelLength)),
      uses.map(({ address }) => address ?? null),
    ],
  );
}

/** Postgres text holds neither NUL nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '');
}
