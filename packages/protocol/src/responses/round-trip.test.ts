import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, NeutralEvent, StopReason } from '../neutral/events.ts';
import { whyIllegal } from '../neutral/legal.ts';
import { openSignature } from '../neutral/signature.ts';
import { accumulated, decoded, encoded, sse, upstream } from './test-kit.ts';

interface Told {
  readonly block: Block;
  readonly texts: readonly string[];
  readonly blob?: string | undefined;
}

const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 });
const told: fc.Arbitrary<Told> = fc.oneof(
  fc.record({ block: fc.constant<Block>({ kind: 'refusal' }), texts }),
  fc.record({ block: fc.constantFrom<Block>({ kind: 'text' }, { kind: 'text', phase: 'commentary' }), texts }),
  fc.record({
    block: fc.constant<Block>({ kind: 'thinking' }),
    texts,
    blob: fc.option(fc.constant('blob'), { nil: undefined }),
  }),
  fc.record({
    block: fc.constant<Block>({ kind: 'thinking', isRedacted: true }),
    texts: fc.constant([]),
    blob: fc.constant('blob'),
  }),
  fc.record({ block: callBlock('json'), texts }),
  fc.record({ block: callBlock('text'), texts }),
  fc.constant<Told>({ block: opaque('web_search_call'), texts: [] }),
);

function callBlock(form: 'json' | 'text'): fc.Arbitrary<Block> {
  return fc.record({
    kind: fc.constant('tool_call' as const),
    id: fc.uuid(),
    name: fc.constantFrom('f', 'g'),
    form: fc.constant(form),
  });
}

function opaque(name: string): Block {
  return { kind: 'opaque', protocol: 'openai-responses', name, value: { type: name, id: 'x', status: 'completed' } };
}

function answer(blocks: readonly Told[], reason: StopReason): NeutralEvent[] {
  const inner = blocks.flatMap(({ block, texts, blob }, index): NeutralEvent[] => [
    { type: 'open', index, block },
    ...texts.map((text) => ({ type: 'delta', index, text }) as const),
    ...(blob ? [{ type: 'signature', index, signature: { origin: upstream, blob } } as const] : []),
    { type: 'close', index },
  ]);
  return [{ type: 'start', id: 'x', model: 'm' }, ...inner, { type: 'stop', reason }, { type: 'end' }];
}

function blocksOf(events: readonly NeutralEvent[]): unknown[] {
  expect(whyIllegal(events)).toBeUndefined();
  const blocks: { block: Block; text: string; blob?: string | undefined }[] = [];
  for (const event of events) {
    if (event.type === 'open') blocks.push({ block: event.block, text: '' });
    const last = blocks.at(-1);
    if (event.type === 'delta' && last) last.text += event.text;
    if (event.type === 'signature' && last) last.blob = openSignature(event.signature.blob, 'openai-responses')?.blob;
  }
  return blocks;
}

test('an answer that is encoded and decoded has the same blocks', () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 6 }), (blocks) => {
      const events = answer(blocks, 'length');
      expect(blocksOf(decoded(Buffer.from(encoded(events))))).toEqual(blocksOf(events));
    }),
  );
});

test('the official SDK takes every answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { maxLength: 6 }), async (blocks) => {
      const response = await accumulated(encoded(answer(blocks, 'end')));
      const text = blocks.filter(({ block }) => block.kind === 'text').flatMap(({ texts }) => texts);
      expect(response.output_text).toBe(text.join(''));
    }),
    { numRuns: 50 },
  );
});

test('items whose events interleave are told whole, each once', () => {
  const lists = fc.array(texts, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(lists, fc.array(fc.nat(), { maxLength: 30 }), (inputs, picks) => {
      const queues = inputs.map((deltas, output_index) => eventsOfCall(output_index, deltas));
      const mixed: Record<string, unknown>[] = [];
      // The first event says which item is the first.
      for (const pick of [0, ...picks]) {
        const queue = queues.filter((left) => left.length > 0)[
          pick % Math.max(1, queues.filter((left) => left.length > 0).length)
        ];
        const event = queue?.shift();
        if (event) mixed.push(event);
      }
      mixed.push(...queues.flat());
      const events = decoded(
        sse({ type: 'response.created', response: {} }, ...mixed, { type: 'response.completed', response: {} }),
      );
      expect(
        blocksOf(events)
          .map((block) => (block as { text: string }).text)
          .sort(),
      ).toEqual(inputs.map((deltas) => deltas.join('')).sort());
    }),
  );
});

function eventsOfCall(output_index: number, deltas: readonly string[]): Record<string, unknown>[] {
  const item = { type: 'custom_tool_call', call_id: `c${output_index}`, name: 'f', input: '' };
  return [
    { type: 'response.output_item.added', output_index, item },
    ...deltas.map((delta) => ({ type: 'response.custom_tool_call_input.delta', output_index, delta })),
    { type: 'response.output_item.done', output_index, item: { ...item, input: deltas.join('') } },
  ];
}
