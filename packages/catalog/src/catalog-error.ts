/** What the console's verbs refuse, as a closed set; each edge words it once. */
export type CatalogErrorCode = 'not_found' | 'name_taken' | 'input_invalid' | 'owned_by_config';

/** A refusal that the person who asked may read. `reason` says in English what was expected; it never quotes a secret. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  readonly code: CatalogErrorCode;
  readonly reason: string;
  /** The field it is about, where it is about one. */
  readonly path: string | undefined;

  constructor(code: CatalogErrorCode, reason: string, path?: string) {
    super(path === undefined ? reason : `${path}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.path = path;
  }
}
