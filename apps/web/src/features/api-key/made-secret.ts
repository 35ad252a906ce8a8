/** A secret that was just made, and whose it is. */
export interface MadeSecret {
  readonly secret: string;
  readonly apiKeyId: string;
  /** What the key may ask for; empty: everything. */
  readonly models: readonly string[];
}
