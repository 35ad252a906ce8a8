/** Everything that the catalog refuses to staff, as a closed set; each edge words it once. */
export const catalogErrorCodes = [
  'channel_invalid',
  'channel_name_taken',
  'channel_owned_by_file',
  'channel_owned_by_environment',
  'channel_is_demo',
  'channel_is_off',
  'channel_credential_needed',
  'channel_group_unknown',
  'channel_pool_unknown',
  'group_invalid',
  'group_taken',
  'group_owned_by_file',
  'group_is_default',
  'group_not_offered',
  'model_owned_by_file',
  'model_invalid',
  'date_invalid',
  'already_begun',
  'import_invalid',
  'import_changed',
  'import_jump_unconfirmed',
  'proxy_invalid',
  'proxy_name_taken',
  'proxy_owned_by_file',
  'setting_invalid',
  'setting_owned_by_file',
  'too_many_tasks',
  'not_found',
] as const;

export type CatalogErrorCode = (typeof catalogErrorCodes)[number];

/** A refusal that staff may read. `reason` says in English what was expected; it never quotes a secret. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly code: CatalogErrorCode;
  /** The field it is about, such as baseUrl or endpoints.1.baseUrl; undefined where it is about the whole. */
  readonly path: string | undefined;

  constructor(code: CatalogErrorCode, reason: string, path?: string) {
    super(path === undefined ? reason : `${path}: ${reason}`);
    this.code = code;
    this.path = path;
  }
}
