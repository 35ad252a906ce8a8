import { asObject, asText, type JsonObject } from '../json/parse.ts';

/** The fields of a detail that come in pieces. All others are told once. */
const pieces = ['text', 'summary', 'data', 'signature'] as const;

/** What is readable of `reasoning_details`, the form in which OpenRouter and MiniMax tell thinking with its proofs. */
export function textOfDetails(details: unknown): string {
  if (!Array.isArray(details)) return '';
  return details.map((detail) => readable(asObject(detail))).join('');
}

function readable(detail: JsonObject | undefined): string {
  return asText(detail?.['text']) ?? asText(detail?.['summary']) ?? '';
}

/** Puts the pieces of `reasoning_details` together that a stream tells. */
export class DetailsGatherer {
  #details: Record<string, unknown>[] = [];

  add(details: unknown): void {
    if (!Array.isArray(details)) return;
    for (const value of details) {
      const detail = asObject(value);
      if (detail) this.#addOne(detail);
    }
  }

  /**
   * What was gathered, as the text that has to come back unchanged; undefined where it proves nothing (thinking in plain words, that
   * nobody signed).
   */
  take(): string | undefined {
    const details = this.#details;
    this.#details = [];
    return details.some(isProof) ? JSON.stringify(details) : undefined;
  }

  #addOne(detail: JsonObject): void {
    const known = this.#details.find((before) => isSameDetail(before, detail));
    if (!known) {
      this.#details.push({ ...detail });
      return;
    }
    for (const [field, value] of Object.entries(detail)) {
      const isPiece = (pieces as readonly string[]).includes(field);
      const before = known[field];
      if (value === null) continue;
      known[field] = isPiece && typeof before === 'string' && typeof value === 'string' ? before + value : value;
    }
  }
}

function isSameDetail(before: JsonObject, detail: JsonObject): boolean {
  return before['index'] !== undefined && before['index'] === detail['index'] && before['type'] === detail['type'];
}

function isProof(detail: JsonObject): boolean {
  return detail['type'] === 'reasoning.encrypted' || asText(detail['signature']) !== undefined;
}
