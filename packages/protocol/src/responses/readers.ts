import type { JsonObject } from '../json/parse.ts';
import type { BlockWriter } from './block-writer.ts';
import { CallReader } from './call-reader.ts';
import type { ItemReader } from './item-reader.ts';
import { MessageReader } from './message-reader.ts';
import { OpaqueReader } from './opaque-reader.ts';
import { ReasoningReader } from './reasoning-reader.ts';

/** The reader for an item as it was added; also one that is not known. */
export function readerOfItem(item: JsonObject, blocks: BlockWriter): ItemReader {
  switch (item['type']) {
    case 'message':
      return new MessageReader(blocks, item);
    case 'reasoning':
      return new ReasoningReader(blocks);
    case 'function_call':
    case 'custom_tool_call':
      return new CallReader(blocks, item);
    default:
      return new OpaqueReader(blocks);
  }
}

/** The reader for an item of which only an event is known; some upstreams add none. undefined: the event does not tell. */
export function readerOfEvent(type: string, blocks: BlockWriter): ItemReader | undefined {
  if (type.startsWith('output_text.') || type.startsWith('refusal.')) return new MessageReader(blocks);
  if (type.startsWith('reasoning_')) return new ReasoningReader(blocks);
  if (type.startsWith('function_call_arguments.')) return new CallReader(blocks, { type: 'function_call' });
  if (type.startsWith('custom_tool_call_input.')) return new CallReader(blocks, { type: 'custom_tool_call' });
  return undefined;
}
