import { asObject, asText, type JsonObject, parseObjectText } from '../json/parse.ts';
import type { Decoder } from '../neutral/codec.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import type { Origin } from '../neutral/signature.ts';
import type { SseEvent } from '../stream/events.ts';
import { readUpstreamError } from '../stream/reader.ts';
import { type AnthropicCounters, anthropicUsageOf, mergeAnthropicCounters } from '../usage/anthropic.ts';
import { blockOfDelta, type DecodedBlock, openBlock, textOfDelta } from './decode-block.ts';
import { readStopReason } from './stop-reasons.ts';

const nothing: readonly NeutralEvent[] = [];
const noMembers: ReadonlySet<string> = new Set();

/**
 * The events of a Messages stream. Forgives what compatible vendors do: a second message_start, deltas of a kind that the open block is
 * not, blocks that are not opened or not closed, a tool's input whole in its beginning, a missing message_stop behind a stop reason.
 */
export class AnthropicDecoder implements Decoder {
  readonly unread = noMembers;
  readonly #origin: Origin;
  #counters: AnthropicCounters = {};
  #hasStarted = false;
  #isOver = false;
  #open: DecodedBlock | undefined;
  /** The upstream's index of the block that was opened last. */
  #upstreamIndex = -1;
  #nextIndex = 0;
  #messageId = 'msg';
  #hasToolCall = false;
  /** delta of the message_delta event that told the stop reason. */
  #stop: JsonObject | undefined;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  decode({ data }: SseEvent): readonly NeutralEvent[] {
    if (data === undefined || this.#isOver) return nothing;
    const event = parseObjectText(data);
    return event ? this.read(event) : nothing;
  }

  end(): readonly NeutralEvent[] {
    if (this.#isOver || !this.#hasStarted) return nothing;
    return this.#stop ? this.#finish() : this.#close();
  }

  soleText(event: JsonObject): string | undefined {
    return event['type'] === 'content_block_delta' ? textOfDelta(asObject(event['delta'])) : undefined;
  }

  /** A delta that the open block has taken leaves everything as it was. */
  more(): boolean {
    return true;
  }

  /** As `decode`, of the event's data. */
  read(event: JsonObject): readonly NeutralEvent[] {
    if (this.#isOver) return nothing;
    switch (event['type']) {
      case 'content_block_delta':
        return this.#delta(event);
      case 'content_block_start':
        return this.#start(event);
      case 'content_block_stop':
        return this.#close();
      case 'message_start':
        return this.#begin(asObject(event['message']) ?? {});
      case 'message_delta':
        return this.#messageDelta(event);
      case 'message_stop':
        return this.#finish();
      case 'ping':
        return this.#hasStarted ? [{ type: 'ping' }] : nothing;
      case 'error':
        this.#isOver = true;
        return [{ type: 'error', error: readUpstreamError(event['error'] ?? event) }];
      default:
        return nothing;
    }
  }

  #begin(message: JsonObject): readonly NeutralEvent[] {
    const usage = this.#usage(message);
    if (this.#hasStarted) return usage;
    this.#hasStarted = true;
    const id = asText(message['id']);
    this.#messageId = id ?? this.#messageId;
    return [{ type: 'start', id, model: asText(message['model']) }, ...usage];
  }

  #usage(holder: JsonObject): NeutralEvent[] {
    const told = asObject(holder['usage']);
    if (!told) return [];
    this.#counters = mergeAnthropicCounters(this.#counters, told);
    const usage = anthropicUsageOf(this.#counters);
    return usage ? [{ type: 'usage', usage }] : [];
  }

  #start(event: JsonObject): readonly NeutralEvent[] {
    this.#upstreamIndex = indexOf(event) ?? this.#upstreamIndex + 1;
    return this.#openWith(asObject(event['content_block']) ?? {});
  }

  #openWith(content: JsonObject): readonly NeutralEvent[] {
    const events = [...this.#ensureStarted(), ...this.#close()];
    this.#open = openBlock(content, { index: this.#nextIndex, origin: this.#origin, messageId: this.#messageId });
    this.#hasToolCall ||= content['type'] === 'tool_use';
    return [...events, ...this.#open.begin()];
  }

  #delta(event: JsonObject): readonly NeutralEvent[] {
    const delta = asObject(event['delta']);
    if (!delta) return nothing;
    const index = indexOf(event) ?? this.#upstreamIndex;
    // What belongs to a block that has ended cannot be put anywhere.
    if (index < this.#upstreamIndex || (index === this.#upstreamIndex && !this.#open)) return nothing;
    if (this.#open && index === this.#upstreamIndex && this.#open.fits(delta)) return this.#open.delta(delta);
    const content = blockOfDelta(delta);
    if (!content) return nothing;
    this.#upstreamIndex = index;
    const events = this.#openWith(content);
    return [...events, ...(this.#open?.delta(delta) ?? nothing)];
  }

  #close(): readonly NeutralEvent[] {
    if (!this.#open) return nothing;
    this.#nextIndex++;
    const events = this.#open.end();
    this.#open = undefined;
    return events;
  }

  #messageDelta(event: JsonObject): readonly NeutralEvent[] {
    const delta = asObject(event['delta']);
    if (asText(delta?.['stop_reason'])) this.#stop = delta;
    return [...this.#ensureStarted(), ...this.#usage(event)];
  }

  #finish(): readonly NeutralEvent[] {
    const stop = this.#stop ?? {};
    const events = [...this.#ensureStarted(), ...this.#close()];
    this.#isOver = true;
    return [
      ...events,
      {
        type: 'stop',
        reason: readStopReason(stop['stop_reason'], this.#hasToolCall),
        stopSequence: asText(stop['stop_sequence']),
        explanation: asText(asObject(stop['stop_details'])?.['explanation']),
      },
      { type: 'end' },
    ];
  }

  #ensureStarted(): readonly NeutralEvent[] {
    return this.#hasStarted ? nothing : this.#begin({});
  }
}

function indexOf(event: JsonObject): number | undefined {
  const index = event['index'];
  return typeof index === 'number' ? index : undefined;
}
