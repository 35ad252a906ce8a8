/** Caps that someone set on an organization or a key. Undefined: no cap. */
export interface Limits {
  /** requests per minute */
  readonly rpm?: number | undefined;
  /** input tokens per minute */
  readonly itpm?: number | undefined;
  /** output tokens per minute */
  readonly otpm?: number | undefined;
  /** requests under way at once */
  readonly concurrency?: number | undefined;
}
