import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeCertificate } from './certificate.ts';

test('certificates can be read, hold for their names and sign themselves', () => {
  // Lengths differ from one to the next.
  for (let round = 0; round < 50; round++) {
    const { cert } = makeCertificate(['localhost', 'a.example.com', '127.0.0.1']);
    const read = new X509Certificate(cert);
    expect(read.checkHost('a.example.com')).toBe('a.example.com');
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect([read.ca, read.verify(read.publicKey)]).toEqual([true, true]);
  }
});
