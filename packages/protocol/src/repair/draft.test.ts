import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withInstructions } from './codex.ts';
import { Draft } from './draft.ts';
import { repairRequest } from './repair.ts';

const space = fc.constantFrom('', ' ', '\n  ', '\t');
/** JSON as clients write it: any spaces, numbers beyond a double, escapes. */
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
  fc.constantFrom('1.0', '12345678901234567890', '-0', '1e400', 'true', 'null', '"\\u0041\\/\\"}],"'),
);
const { value: json } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('list'), tie('object')),
  list: fc
    .tuple(space, fc.array(fc.tuple(space, tie('value'), space), { maxLength: 4 }))
    .map(([gap, items]) => `[${items.length === 0 ? gap : items.map((item) => item.join('')).join(',')}]`),
  object: fc
    .tuple(space, fc.array(fc.tuple(fc.string(), space, tie('value'), space), { maxLength: 4 }))
    .map(([gap, members]) =>
      members.length === 0
        ? `{${gap}}`
        : `{${members.map(([key, before, value, after], i) => `${before}${JSON.stringify(`${key}${i}`)}${after}:${before}${value}${after}`).join(',')}}`,
    ),
}));

test('whatever members and elements are removed, the rest is what JSON without them would be', () => {
  fc.assert(
    fc.property(
      fc.array(json, { maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      space,
      (all, gone, gap) => {
        const list = `[${all.map((value) => gap + value + gap).join(',')}]`;
        const object = `{${all.map((value, i) => `${gap}"k${i}"${gap}:${value}${gap}`).join(',')}}`;
        for (const text of [list, object]) {
          const draft = new Draft(Buffer.from(text));
          for (const [i, child] of draft.children(draft.root).entries())
            if (gone[i]) draft.remove(draft.root, child, String(i), 'r');
          const left = all.filter((_, i) => !gone[i]);
          const children = new Draft(draft.toBuffer());
          JSON.parse(String(draft.toBuffer()));
          const values = children
            .children(children.root)
            .map(({ start, end }) => String(draft.toBuffer()).slice(start, end));
          expect(values).toEqual(left);
        }
      },
    ),
  );
});

/** Where a path leads: the value's text is what stands there. */
function without(body: string, paths: readonly string[]): unknown {
  const whole: unknown = JSON.parse(body);
  // From the end, so that the places in lists hold.
  for (const path of [...paths].sort().reverse()) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    const parent = keys.reduce<Record<string, unknown> | undefined>(
      (at, key) => at?.[key] as Record<string, unknown>,
      whole as Record<string, unknown>,
    );
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent?.[last];
  }
  return whole;
}

const block = fc.oneof(
  fc.record({ type: fc.constantFrom('thinking', 'redacted_thinking'), thinking: fc.string(), signature: fc.string() }),
  fc.record({ type: fc.constant('text'), text: fc.string({ unit: 'binary' }) }),
  fc.record({ type: fc.constant('tool_use'), input: fc.jsonValue() }),
  fc.record({ type: fc.constant('tool_result'), content: fc.string() }),
);
const request = fc.record(
  {
    max_tokens: fc.integer({ min: 1, max: 100_000 }),
    temperature: fc.double({ min: 0, max: 1, noNaN: true }),
    top_k: fc.nat(9),
    thinking: fc.oneof(
      fc.record({ type: fc.constant('enabled'), budget_tokens: fc.nat(90_000) }),
      fc.constant({ type: 'adaptive' }),
    ),
    context_management: fc.record({
      edits: fc.array(fc.record({ type: fc.constantFrom('clear_thinking_20251015', 'clear_tool_uses_20250919') }), {
        maxLength: 3,
      }),
    }),
    messages: fc.array(
      fc.record({ role: fc.constant('user'), content: fc.oneof(fc.string(), fc.array(block, { maxLength: 4 })) }),
      {
        maxLength: 9,
      },
    ),
    other: fc.jsonValue(),
  },
  { requiredKeys: ['messages', 'max_tokens'] },
);
const refusals = [
  'messages.1.content.0: Invalid `signature` in `thinking` block',
  'Invalid `signature` in `thinking` block',
  'Expected `thinking` or `redacted_thinking`, but found `text`',
  '`max_tokens` must be greater than `thinking.budget_tokens`',
  'max_tokens: 9 > 8000, which is the maximum allowed number of output tokens',
  'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
  '`temperature` may only be set to 1 when thinking is enabled',
  'top_k: Extra inputs are not permitted',
];

test('a repaired body is JSON that differs from what was sent at the named places alone, which the log of changes leaves out none of', () => {
  let repairedOnes = 0;
  fc.assert(
    fc.property(request, fc.constantFrom(...refusals), fc.constantFrom(0, 2), (sent, message, indent) => {
      const body = JSON.stringify(sent, null, indent);
      const refusal = Buffer.from(JSON.stringify({ error: { message } }));
      const found = repairRequest('anthropic-messages', refusal, { body: Buffer.from(body), betas: undefined });
      if (!found) return;
      repairedOnes++;
      const paths = found.changes.map(({ path }) => path);
      // What was taken out of a list is not there any more; what was written anew still is.
      const rewritten = paths.filter((path) => !/\d$/.test(path));
      expect(without(String(found.body), rewritten)).toEqual(without(body, paths));
      expect(String(found.body)).not.toBe(body);
    }),
    { numRuns: 500 },
  );
  expect(repairedOnes).toBeGreaterThan(50);
});

test('new instructions take the place of the old ones or are added, and nothing else is written anew', () => {
  const rest = '"input" : [1.0,12345678901234567890],\n"store":false}';
  const official = 'Be "Codex".\n';
  const put = (body: string) => String(withInstructions(Buffer.from(body), official, 'r')?.body);
  expect(put(`{"instructions":"mine\\n\\u00e9", ${rest}`)).toBe(`{"instructions":${JSON.stringify(official)}, ${rest}`);
  expect(put(`{${rest}`)).toBe(`{"instructions":${JSON.stringify(official)},${rest}`);
  expect(put('{ }')).toBe(`{"instructions":${JSON.stringify(official)} }`);
  expect(withInstructions(Buffer.from(`{"instructions":${JSON.stringify(official)}}`), official, 'r')).toBeUndefined();
});
