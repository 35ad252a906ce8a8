import { expect, test } from 'vitest';
import { fillAddress, fillShown } from './placeholders.ts';

const example = 'curl BRIDGE_URL/v1/models -H "x-api-key: YOUR_API_KEY"';

test('an example shows the reader’s own address and the ends of the key, and copies no shortened key', () => {
  const values = { baseUrl: 'https://api.example.com', consoleUrl: 'https://example.com', shownKey: 'ab-3f…9x2k' };
  expect(fillShown(example, values)).toBe('curl https://api.example.com/v1/models -H "x-api-key: ab-3f…9x2k"');
  expect(fillAddress(example, values)).toBe('curl https://api.example.com/v1/models -H "x-api-key: YOUR_API_KEY"');
  expect(fillShown('curl CONSOLE_URL/api/user/me', values)).toBe('curl https://example.com/api/user/me');
});

test('without a key the placeholder stays', () => {
  expect(fillShown(example, { baseUrl: 'http://localhost:3001', consoleUrl: '' })).toContain('YOUR_API_KEY');
});
