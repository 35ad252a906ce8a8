import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CatalogError } from '../catalog-error.ts';
import { defaultGroup } from '../channels/columns.ts';
import { createGroup, listGroups, setGroupEnabled, updateGroup } from './console-groups.ts';

const actor = { kind: 'console', userId: 'usr_1' } as const;
const settings = { displayName: 'Economy', multiplier: '0.8', models: ['gpt-4o'], offered: true };
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
  await createGroup(db.prisma, { id: 'economy', ...settings }, actor);
  await updateGroup(db.prisma, 'economy', { ...settings, multiplier: '0.75', models: [] }, actor);
  await setGroupEnabled(db.prisma, 'economy', false, actor);
  expect(await listGroups(db.prisma)).toMatchObject([
    { id: defaultGroup, multiplierBasisPoints: 10_000, enabled: true },
    { id: 'economy', multiplierBasisPoints: 7_500, models: [], enabled: false, origin: 'console' },
  ]);
  const rows = await db.prisma.auditLog.findMany({ where: { target: 'economy' }, orderBy: { id: 'asc' } });
  expect(rows.map(({ action }) => action)).toEqual(['group.create', 'group.update', 'group.disable']);
  expect(rows[1]?.detail).toMatchObject({
    from: { multiplierBasisPoints: 8_000 },
    to: { multiplierBasisPoints: 7_500 },
  });
});

test('the default group stays, an id is used once, a file’s group is the file’s, a bad multiplier is refused', async () => {
  await createGroup(db.prisma, { id: 'economy', ...settings }, actor);
  await db.prisma.channelGroup.create({ data: { id: 'codex', displayName: 'Codex', origin: 'config' } });
  expect(await refusal(setGroupEnabled(db.prisma, defaultGroup, false, actor))).toBe('group_is_default');
  expect(await refusal(createGroup(db.prisma, { id: 'economy', ...settings }, actor))).toBe('group_taken');
  expect(await refusal(updateGroup(db.prisma, 'codex', settings, actor))).toBe('group_owned_by_file');
  expect(await refusal(updateGroup(db.prisma, 'economy', { ...settings, multiplier: '-1' }, actor))).toBe(
    'group_invalid',
  );
  expect(await refusal(setGroupEnabled(db.prisma, 'nobody', false, actor))).toBe('not_found');
});
