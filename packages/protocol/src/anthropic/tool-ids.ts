const legalId = /^[a-zA-Z0-9_-]+$/;

/**
 * Ids of calls as Anthropic takes them: letters, digits, `_` and `-`. Others use more (`functions.search:0`). The new ids stay within the
 * request: answers have ids of their own.
 */
export class ToolIds {
  readonly #written = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(id: string): string {
    const known = this.#written.get(id);
    if (known !== undefined) return known;
    const plain = legalId.test(id) ? id : `${id.replace(/[^a-zA-Z0-9_-]/g, '_')}_`;
    let written = plain;
    for (let n = 2; this.#taken.has(written); n++) written = `${plain}${n}`;
    this.#written.set(id, written);
    this.#taken.add(written);
    return written;
  }
}
