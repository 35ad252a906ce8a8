import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CatalogError } from '../catalog-error.ts';
import { defaultGroup } from '../channels/columns.ts';
import { createGroup, listGroups, setGroupEnabled, updateGroup } from './console-groups.ts';
import { changeMultiplier, listMultipliers, withdrawMultiplier } from './console-multipliers.ts';

const actor = { kind: 'console', userId: 'usr_1' } as const;
const settings = { displayName: 'Economy', models: ['gpt-4o'], offered: true };
// A century ahead: Postgres itself keeps what has begun by its own clock, and these days must never be over.
const now = new Date('2126-11-22T10:00:00Z');
const later = new Date('2126-12-01T00:00:00Z');
const economy = { id: 'economy', ...settings, multiplier: '0.8' };
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code }: CatalogError) => code,
  );

test('groups are made, changed and switched off, each with its audit row', async () => {
  await createGroup(db.prisma, economy, now, actor);
  await updateGroup(db.prisma, 'economy', { ...settings, models: [] }, actor);
  await setGroupEnabled(db.prisma, 'economy', false, actor);
  expect(await listGroups(db.prisma, now)).toMatchObject([
    { id: defaultGroup, multiplierBasisPoints: 10_000, enabled: true },
    { id: 'economy', multiplierBasisPoints: 8_000, models: [], enabled: false, origin: 'console' },
  ]);
  const rows = await db.prisma.auditLog.findMany({ where: { target: 'economy' }, orderBy: { id: 'asc' } });
  expect(rows.map(({ action }) => action)).toEqual([
    'group.create',
    'group.multiplier',
    'group.update',
    'group.disable',
  ]);
  expect(rows[2]?.detail).toMatchObject({ from: { models: ['gpt-4o'] }, to: { models: [] } });
});

test('the default group stays, an id is used once, a file’s group is the file’s, a bad multiplier is refused', async () => {
  await createGroup(db.prisma, economy, now, actor);
  await db.prisma.channelGroup.create({ data: { id: 'codex', displayName: 'Codex', origin: 'config' } });
  expect(await refusal(setGroupEnabled(db.prisma, defaultGroup, false, actor))).toBe('group_is_default');
  expect(await refusal(createGroup(db.prisma, economy, now, actor))).toBe('group_taken');
  expect(await refusal(updateGroup(db.prisma, 'codex', settings, actor))).toBe('group_owned_by_file');
  const change = { groupId: 'economy', multiplier: '0.7', validFrom: undefined };
  expect(await refusal(changeMultiplier(db.prisma, { ...change, multiplier: '-1' }, now, actor))).toBe('group_invalid');
  expect(await refusal(changeMultiplier(db.prisma, { ...change, groupId: 'codex' }, now, actor))).toBe(
    'group_owned_by_file',
  );
  expect(await refusal(setGroupEnabled(db.prisma, 'nobody', false, actor))).toBe('not_found');
});

test('a multiplier begins at its date, is taken back before it does and not after, and its history is kept', async () => {
  await createGroup(db.prisma, economy, now, actor);
  const of = { groupId: 'economy', multiplier: '0.5', validFrom: later };
  await changeMultiplier(db.prisma, of, now, actor);
  expect((await listGroups(db.prisma, now))[1]).toMatchObject({
    multiplierBasisPoints: 8_000,
    nextMultiplier: { multiplierBasisPoints: 5_000, validFrom: later },
  });
  expect((await listGroups(db.prisma, later))[1]?.multiplierBasisPoints).toBe(5_000);
  const second = { groupId: 'economy', version: 2 };
  expect(await refusal(withdrawMultiplier(db.prisma, second, later, actor))).toBe('already_begun');
  await withdrawMultiplier(db.prisma, second, now, actor);
  expect((await listGroups(db.prisma, later))[1]).toMatchObject({
    multiplierBasisPoints: 8_000,
    nextMultiplier: undefined,
  });
  const states = (await listMultipliers(db.prisma, 'economy', now)).map(({ version, state }) => [version, state]);
  expect(states).toEqual([
    [2, 'withdrawn'],
    [1, 'inForce'],
  ]);
  for (const validFrom of [new Date('2126-11-01'), new Date('2128-01-01')])
    expect(await refusal(changeMultiplier(db.prisma, { ...of, validFrom }, now, actor))).toBe('date_invalid');
  await expect(db.database.query('UPDATE group_multiplier SET multiplier_basis_points = 1')).rejects.toMatchObject({
    message: expect.stringContaining('immutable'),
  });
});
