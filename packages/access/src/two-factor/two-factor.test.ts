import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerUser } from '../people/users.ts';
import { recoveryCodeCount } from './recovery-codes.ts';
import { openSecret, sealSecret } from './seal-secret.ts';
import { totpCode, totpStep } from './totp.ts';
import {
  beginTwoFactor,
  confirmTwoFactor,
  readTwoFactor,
  replaceRecoveryCodes,
  spendCode,
  switchOffTwoFactor,
  type TwoFactorCall,
} from './two-factor.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const pepper = 'pepper-of-the-tests';
const about = { siteName: 'Bridge', email: 'ada@example.com' };
const start = new Date('2026-11-27T10:00:00Z');
let people = 0;

async function person(): Promise<string> {
  const email = `t${++people}@example.com`;
  return (await registerUser(db.prisma, { email, name: 'Ada', password: 'correct horse' })).userId;
}

async function secretOf(userId: string): Promise<Buffer> {
  const row = await db.prisma.twoFactor.findUniqueOrThrow({ where: { userId } });
  return openSecret(row.secretSealed, userId, pepper);
}

/** Somebody with a second factor in force. */
async function enrolled() {
  const userId = await person();
  const at = (steps: number): TwoFactorCall => ({ userId, pepper, now: new Date(start.getTime() + steps * 30_000) });
  await beginTwoFactor(db.prisma, at(0), about);
  const secret = await secretOf(userId);
  const codeAt = (steps: number) => totpCode(secret, totpStep(at(steps).now));
  const recoveryCodes = await confirmTwoFactor(db.prisma, at(0), codeAt(0));
  return { userId, at, codeAt, recoveryCodes };
}

test('a secret comes into force by its first code only, and what is stored neither shows it nor opens for another user', async () => {
  const userId = await person();
  const call = { userId, pepper, now: start };
  const { secret, uri } = await beginTwoFactor(db.prisma, call, about);
  expect(uri).toContain(secret);
  expect(await readTwoFactor(db.prisma, userId)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
  const bytes = await secretOf(userId);
  const row = await db.prisma.twoFactor.findUniqueOrThrow({ where: { userId } });
  for (const form of [secret, bytes.toString('hex'), bytes.toString('base64url')])
    expect(row.secretSealed).not.toContain(form);
  expect(() => openSecret(row.secretSealed, 'usr_other', pepper)).toThrow();
  expect(() => openSecret(sealSecret(bytes, userId, pepper), userId, 'another pepper')).toThrow();

  await expect(spendCode(db.prisma, call, totpCode(bytes, totpStep(start)))).rejects.toMatchObject({
    code: 'two_factor_off',
  });
  await expect(confirmTwoFactor(db.prisma, call, '000000x')).rejects.toMatchObject({ code: 'code_wrong' });
  const codes = await confirmTwoFactor(db.prisma, call, totpCode(bytes, totpStep(start)));
  expect(codes).toHaveLength(recoveryCodeCount);
  expect(await readTwoFactor(db.prisma, userId)).toEqual({ isOn: true, recoveryCodesLeft: recoveryCodeCount });
  await expect(beginTwoFactor(db.prisma, call, about)).rejects.toMatchObject({ code: 'two_factor_on' });
});

test('a code is taken once, also when it comes twenty times at once, and never one older than the last', async () => {
  const { at, codeAt } = await enrolled();
  await expect(spendCode(db.prisma, at(0), codeAt(0))).rejects.toMatchObject({ code: 'code_wrong' });
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => spendCode(db.prisma, at(2), codeAt(2))));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(spendCode(db.prisma, at(2), codeAt(1))).rejects.toMatchObject({ code: 'code_wrong' });
  expect(await spendCode(db.prisma, at(3), codeAt(3))).toBe('code');
});

test('a recovery code works once, however it is typed, is nobody else’s, and is stored as a hash', async () => {
  const { userId, at, recoveryCodes } = await enrolled();
  const other = await enrolled();
  const [first = '', second = ''] = recoveryCodes;
  expect(await spendCode(db.prisma, at(1), ` ${first.toUpperCase().replaceAll('-', ' ')}`)).toBe('recovery');
  await expect(spendCode(db.prisma, at(1), first)).rejects.toMatchObject({ code: 'code_wrong' });
  await expect(spendCode(db.prisma, other.at(1), second)).rejects.toMatchObject({ code: 'code_wrong' });
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => spendCode(db.prisma, at(1), second)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const stored = JSON.stringify(await db.prisma.recoveryCode.findMany({ where: { userId } }));
  expect(recoveryCodes.filter((code) => stored.includes(code) || stored.includes(code.replaceAll('-', '')))).toEqual(
    [],
  );
  expect((await readTwoFactor(db.prisma, userId)).recoveryCodesLeft).toBe(recoveryCodeCount - 2);
});

test('new recovery codes replace the old ones, and switching off takes a code and leaves nothing behind', async () => {
  const { userId, at, codeAt, recoveryCodes } = await enrolled();
  const renewed = await replaceRecoveryCodes(db.prisma, at(1), codeAt(1));
  await expect(spendCode(db.prisma, at(2), recoveryCodes[0]!)).rejects.toMatchObject({ code: 'code_wrong' });
  await expect(switchOffTwoFactor(db.prisma, at(2), codeAt(1))).rejects.toMatchObject({ code: 'code_wrong' });
  expect((await readTwoFactor(db.prisma, userId)).isOn).toBe(true);
  await switchOffTwoFactor(db.prisma, at(2), renewed[0]!);
  expect(await readTwoFactor(db.prisma, userId)).toEqual({ isOn: false, recoveryCodesLeft: 0 });
  expect(await db.prisma.recoveryCode.count({ where: { userId } })).toBe(0);
});
