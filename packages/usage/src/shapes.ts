import type { SettlementRecord } from '@ai-bridge/domain';
import { isSameShape, shapeJson } from './shape.ts';

/** How many shapes of one key are looked through for a record's; a shape that is sent twice costs bytes, no more. */
const maxShapesCompared = 16;

interface Shape {
  /** The record it was met in. */
  readonly example: SettlementRecord;
  readonly place: number;
}

/** The shapes of a batch, numbered from 1 in the order in which they were met. */
export class Shapes {
  readonly #byKey = new Map<string, Shape[]>();
  #text = '';
  #count = 0;

  /** The number of this record's shape. */
  place(record: SettlementRecord): number {
    const known = this.#byKey.get(record.apiKeyId) ?? this.#addKey(record.apiKeyId);
    const oldest = Math.max(0, known.length - maxShapesCompared);
    for (let index = known.length - 1; index >= oldest; index--) {
      const shape = known[index];
      if (shape && isSameShape(shape.example, record)) return shape.place;
    }
    this.#text += `${this.#count === 0 ? '' : ','}${shapeJson(record)}`;
    known.push({ example: record, place: ++this.#count });
    return this.#count;
  }

  json(): string {
    return `[${this.#text}]`;
  }

  #addKey(apiKeyId: string): Shape[] {
    const none: Shape[] = [];
    this.#byKey.set(apiKeyId, none);
    return none;
  }
}
