import { describe, expect, test } from 'vitest';
import { neutral, render, user } from './request.fixture.ts';

describe('cache marks', () => {
  const marked = (cache: '5m' | '1h', said = 'x') => ({ kind: 'text', text: said, cache }) as const;

  test('of more than four the last stay', () => {
    const { body, lost } = render(
      neutral({ system: [marked('5m'), marked('5m')], turns: [user(marked('5m'), marked('5m'), marked('5m'))] }),
    );
    const has = (blocks: object[]) => blocks.map((block) => 'cache_control' in block);
    expect(has(body.system)).toEqual([false, true]);
    expect(has(body.messages[0].content)).toEqual([true, true, true]);
    expect(lost).toEqual(['system.0.cache_control']);
  });

  test('the mark of the whole request counts', () => {
    const { text: sent, lost } = render(
      neutral({ cache: '5m', turns: [user(marked('5m'), marked('5m'), marked('5m'), marked('5m'))] }),
    );
    expect(sent.match(/cache_control/g)).toHaveLength(4);
    expect(lost).toEqual(['messages.0.content.0.cache_control']);
  });

  test('a long one behind a short one is short', () => {
    const { body, lost } = render(neutral({ system: [marked('1h'), marked('5m')], turns: [user(marked('1h'))] }));
    expect(body.system[0].cache_control).toEqual({ type: 'ephemeral', ttl: '1h' });
    expect(body.messages[0].content[0].cache_control).toEqual({ type: 'ephemeral' });
    expect(lost).toEqual(['messages.0.content.0.cache_control.ttl']);
  });
});
