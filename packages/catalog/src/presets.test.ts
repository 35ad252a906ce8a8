import { expect, test } from 'vitest';
import { readBaseUrl } from './base-url.ts';
import { endpointOf, type Preset, presetOf, presets } from './presets.ts';

test('every preset’s address is a public https one, in the form that is stored', () => {
  for (const [id, preset] of Object.entries<Preset>(presets))
    for (const { baseUrl } of preset.endpoints) {
      if (id === 'custom') expect(baseUrl).toBeUndefined();
      else expect(readBaseUrl(baseUrl ?? '', false)).toEqual({ baseUrl });
      if (baseUrl) expect(baseUrl).toMatch(/^https:/);
    }
});

test('a preset speaks each protocol at one address, and custom speaks them all', () => {
  for (const preset of Object.values<Preset>(presets)) {
    const spoken = preset.endpoints.flatMap(({ protocols }) => protocols);
    expect(new Set(spoken).size).toBe(spoken.length);
  }
  expect(presets.custom.endpoints.flatMap(({ protocols }) => [...protocols]).sort()).toEqual([
    'anthropic-messages',
    'gemini',
    'openai-chat',
    'openai-responses',
  ]);
});

test('unknown presets and protocols a preset does not speak are undefined', () => {
  expect(presetOf('toString')).toBeUndefined();
  expect(endpointOf(presets.anthropic, 'gemini')).toBeUndefined();
  expect(endpointOf(presets.glm, 'openai-chat')?.baseUrl).toBe('https://open.bigmodel.cn/api/coding/paas/v4');
});
