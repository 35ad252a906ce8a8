import type { Sql } from '@ai-bridge/db';

const maxPagePins = 200;

/** An upstream's object: its kind (file, batch, response ...) and the upstream's own id of it. */
export interface ObjectName {
  readonly kind: string;
  readonly id: string;
}

/** Where an upstream's object lives, and whose it is. */
export interface Pin extends ObjectName {
  readonly organizationId: string;
  readonly channelId: string;
  readonly apiKeyId: string;
  /** The public id of the model it was made with; null where it has none. */
  readonly model: string | null;
  readonly createdAt: Date;
}

export interface NewPin extends ObjectName {
  readonly organizationId: string;
  readonly channelId: string;
  readonly apiKeyId: string;
  readonly model?: string | undefined;
}

const pinColumns = `
  organization_id AS "organizationId", kind, id, channel_id AS "channelId", api_key_id AS "apiKeyId", model,
  created_at AS "createdAt"`;

/**
 * Pins objects that upstreams have just made to their channels. Pinning an object again changes nothing, so a caller may repeat itself; an
 * id that another channel uses again, or that was deleted, is a new object.
 */
export async function pinObjects(sql: Sql, pins: readonly NewPin[]): Promise<void> {
  if (pins.length === 0) return;
  // One row per object, in the order of the keys: concurrent callers take the locks in the same order.
  await sql.query(
    `INSERT INTO upstream_object AS known (organization_id, kind, id, channel_id, api_key_id, model)
     SELECT DISTINCT ON (1, 2, 3) *
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
     ORDER BY 1, 2, 3
     ON CONFLICT (organization_id, kind, id) DO UPDATE SET
       channel_id = excluded.channel_id, api_key_id = excluded.api_key_id, model = excluded.model,
       created_at = excluded.created_at, deleted_at = NULL
     WHERE known.channel_id <> excluded.channel_id OR known.deleted_at IS NOT NULL`,
    [
      pins.map((pin) => pin.organizationId),
      pins.map((pin) => pin.kind),
      pins.map((pin) => pin.id),
      pins.map((pin) => pin.channelId),
      pins.map((pin) => pin.apiKeyId),
      pins.map((pin) => pin.model ?? null),
    ],
  );
}

/** Pins one object; as `pinObjects`. */
export function pinObject(sql: Sql, pin: NewPin): Promise<void> {
  return pinObjects(sql, [pin]);
}

/** Where this organization's object lives; undefined where it made no such object or has deleted it (another's looks the same as none). */
export async function findPin(sql: Sql, of: ObjectName & { organizationId: string }): Promise<Pin | undefined> {
  const [pin] = await findPins(sql, { organizationId: of.organizationId, objects: [of] });
  return pin;
}

/** The pins of those of the objects that this organization has, in no order: fewer than asked for where one is not its own. */
export function findPins(sql: Sql, of: { organizationId: string; objects: readonly ObjectName[] }): Promise<Pin[]> {
  return sql.query<Pin>(
    `SELECT ${pinColumns} FROM upstream_object
     WHERE organization_id = $1 AND (kind, id) IN (SELECT * FROM unnest($2::text[], $3::text[])) AND deleted_at IS NULL`,
    [of.organizationId, of.objects.map((object) => object.kind), of.objects.map((object) => object.id)],
  );
}

export interface PinPage {
  readonly pins: readonly Pin[];
  readonly hasMore: boolean;
}

/**
 * An organization's objects of one kind, newest first.
 * @param of.after id of the last one of the page before; a page after an object that is gone goes on where it was, after an unknown one is empty
 * @param of.limit at most 200
 */
export async function listPins(
  sql: Sql,
  of: { organizationId: string; kind: string; after?: string | undefined; limit: number },
): Promise<PinPage> {
  const limit = Math.max(1, Math.min(maxPagePins, Math.trunc(of.limit)));
  const after = `
    AND (created_at, id) < (
      SELECT created_at, id FROM upstream_object WHERE organization_id = $1 AND kind = $2 AND id = $3)`;
  const rows = await sql.query<Pin>(
    `SELECT ${pinColumns} FROM upstream_object
     WHERE organization_id = $1 AND kind = $2 AND deleted_at IS NULL ${of.after === undefined ? '' : after}
     ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`,
    [of.organizationId, of.kind, ...(of.after === undefined ? [] : [of.after])],
  );
  return { pins: rows.slice(0, limit), hasMore: rows.length > limit };
}

/**
 * Its organization deleted the object: it is found no more.
 * @returns whether it was there
 */
export async function unpin(sql: Sql, of: ObjectName & { organizationId: string }): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE upstream_object SET deleted_at = now()
     WHERE organization_id = $1 AND kind = $2 AND id = $3 AND deleted_at IS NULL RETURNING id`,
    [of.organizationId, of.kind, of.id],
  );
  return rows.length > 0;
}

/**
 * Removes old pins of the kinds that upstreams keep only so long (OpenAI a response for 30 days), and of what was deleted.
 * @param of.limit most rows to remove in one go, so that no lock is held for long
 * @returns how many were removed
 */
export async function forgetPins(
  sql: Sql,
  of: { kinds: readonly string[]; createdBefore: Date; limit: number },
): Promise<number> {
  const rows = await sql.query(
    `DELETE FROM upstream_object WHERE ctid IN (
       SELECT ctid FROM upstream_object
       WHERE created_at < $1::timestamptz AND (kind = ANY ($2::text[]) OR deleted_at IS NOT NULL)
       LIMIT $3)
     RETURNING id`,
    [of.createdBefore, of.kinds, of.limit],
  );
  return rows.length;
}
