import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSlot, sealSlot } from './signature-slot.ts';

const origin = { protocol: 'anthropic-messages', channelId: 'c', model: 'm' } as const;

test('a signature comes back from any SDK: it is base64, of either alphabet, with or without padding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (blob) => {
      const slot = sealSlot({ origin, blob });
      expect(Buffer.from(slot, 'base64').toString('base64')).toBe(slot);
      const rewritten = slot.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      for (const each of [slot, rewritten]) expect(openSlot(each)).toEqual({ origin, blob });
    }),
  );
});

test('Google’s own signatures are taken as they are', () => {
  expect(openSlot('EpwBCpkB')).toEqual({
    origin: { protocol: 'gemini', channelId: undefined, model: undefined },
    blob: 'EpwBCpkB',
  });
  expect(openSlot('')).toBeUndefined();
});
