import { asObject, asText } from '../json/parse.ts';
import type { Block } from '../neutral/events.ts';

/** A hosted call of this protocol's as it was told, with an id if it has none. */
export function opaqueItemText({ name, value }: Block & { kind: 'opaque' }, id: string): string {
  const item = asObject(value) ?? { type: name };
  return JSON.stringify(asText(item['id']) ? item : { ...item, id });
}
