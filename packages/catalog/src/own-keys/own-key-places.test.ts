import { expect, test } from 'vitest';
import { sealingPublicKey } from '../seal.ts';
import { ownKeyChannel, readOwnKeyPlaces, sealOwnKey } from './own-key-places.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const publicKey = sealingPublicKey(sealingKey);

test('own keys go to the provider’s own address, or to the one that the operator’s environment names', () => {
  const places = readOwnKeyPlaces({ OPENAI_BASE_URL: ' http://127.0.0.1:9001/ ', GEMINI_BASE_URL: '' });
  expect(places.anthropic).toMatchObject({
    baseUrl: 'https://api.anthropic.com',
    allowPrivate: false,
    provider: 'anthropic',
  });
  expect(places.openai).toMatchObject({ baseUrl: 'http://127.0.0.1:9001', allowPrivate: true, authStyle: 'bearer' });
  expect(places.gemini).toMatchObject({ baseUrl: 'https://generativelanguage.googleapis.com', provider: 'google' });
  expect(() => readOwnKeyPlaces({ ANTHROPIC_BASE_URL: 'nowhere' })).toThrow('ANTHROPIC_BASE_URL');
});

test('a sealed own key opens for its row at its provider’s origin, and nowhere else', () => {
  const places = readOwnKeyPlaces({});
  const credentialSealed = sealOwnKey(publicKey, places.anthropic, 'own_1', 'sk-ant-secret');
  const key = { id: 'own_1', name: 'mine', credentialSealed };
  const channel = ownKeyChannel(key, places.anthropic, sealingKey);
  expect(channel).toMatchObject({ id: 'own_1', provider: 'anthropic', servesAll: true, credential: 'sk-ant-secret' });
  const elsewhere = readOwnKeyPlaces({ ANTHROPIC_BASE_URL: 'https://gateway.example.com' });
  for (const open of [
    () => ownKeyChannel({ ...key, id: 'own_2' }, places.anthropic, sealingKey),
    () => ownKeyChannel(key, places.openai, sealingKey),
    () => ownKeyChannel(key, elsewhere.anthropic, sealingKey),
    () => ownKeyChannel(key, places.anthropic, `${sealingKey} of somebody else`),
    () => ownKeyChannel({ ...key, credentialSealed: '' }, places.anthropic, sealingKey),
  ])
    expect(open).toThrow('does not open');
});
