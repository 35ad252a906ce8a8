/** Everything that the catalog refuses to staff, as a closed set; each edge words it once. */
export const catalogErrorCodes = ['proxy_invalid', 'proxy_name_taken', 'proxy_owned_by_file', 'not_found'] as const;

export type CatalogErrorCode = (typeof catalogErrorCodes)[number];

/** A refusal that staff may read. `reason` says in English what was expected; it never quotes a secret. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly code: CatalogErrorCode;
  /** The field it is about; undefined where it is about the whole. */
  readonly path: string | undefined;

  constructor(code: CatalogErrorCode, reason: string, path?: string) {
    super(path === undefined ? reason : `${path}: ${reason}`);
    this.code = code;
    this.path = path;
  }
}
