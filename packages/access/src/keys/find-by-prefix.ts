import { escapeLike, type Sql } from '@ai-bridge/db';
import { longestShownPrefix } from './format.ts';

/** A key that staff look for: what may be shown of it, and whose it is. */
export interface FoundKey {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly prefix: string;
  readonly last4: string;
}

const maxFound = 20;
const byPrefix = `id IN (
  SELECT id FROM api_key WHERE prefix LIKE $1 AND prefix <> ''
  UNION ALL SELECT api_key_id FROM api_key_secret WHERE prefix LIKE $1 AND purpose = 'rotated')`;

/** Keys by their id, or by how what is or was shown of them begins; deleted ones too. No more of `text` is read than is ever shown of a key. */
export function findKeys(sql: Sql, text: string): Promise<FoundKey[]> {
  const shown = text.slice(0, longestShownPrefix);
  return sql.query<FoundKey>(
    `SELECT id, organization_id AS "organizationId", name, prefix, last4 FROM api_key
     WHERE ${text.startsWith('key_') ? 'id = $1' : byPrefix} ORDER BY created_at DESC, id DESC LIMIT ${maxFound}`,
    [text.startsWith('key_') ? text : `${escapeLike(shown)}%`],
  );
}
