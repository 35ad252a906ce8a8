import { expect, test } from 'vitest';
import { maintenanceOf, secondsToComeBack } from './maintenance.ts';
import { settingDefinitions } from './setting-definitions.ts';
import { defaultSettings, settingsOfRows, settingsSchema } from './settings.ts';

const now = new Date('2026-11-22T20:00:00Z');
const on = { ...defaultSettings, maintenance: 'console', maintenanceTextEn: 'New disks' } as const;

test('nothing is worked on unless somebody says so, whatever else is set', () => {
  expect(maintenanceOf(defaultSettings, now)).toBeUndefined();
  expect(maintenanceOf({ ...on, maintenance: 'off' }, now)).toBeUndefined();
  // A value that no version knows holds nobody.
  expect(maintenanceOf(settingsOfRows([{ key: 'maintenance', value: 'everything' }]), now)).toBeUndefined();
});

test('the relay is held only where that was chosen, and what was written is told', () => {
  expect(maintenanceOf(on, now)).toEqual({ holdsRelay: false, text: { zh: '', en: 'New disks' }, until: undefined });
  expect(maintenanceOf({ ...on, maintenance: 'consoleAndRelay' }, now)).toMatchObject({ holdsRelay: true });
});

test('an expected end is told until it has passed, and ends nothing by itself', () => {
  const until = (maintenanceUntil: string) => maintenanceOf({ ...on, maintenanceUntil }, now);
  expect(until('2026-11-22T22:30:00+02:00')).toMatchObject({ until: new Date('2026-11-22T20:30:00Z') });
  expect(until('2026-11-22T20:00:00Z')).toMatchObject({ until: undefined, holdsRelay: false });
});

test.each([
  [undefined, 60],
  ['2026-11-22T20:00:00.100Z', 1],
  ['2026-11-22T20:00:45Z', 45],
  ['2026-11-22T20:29:59Z', 1_799],
  ['2026-11-23T20:00:00Z', 1_800],
])('until %s means coming back after %i s', (until, seconds) => {
  expect(secondsToComeBack({ until: until === undefined ? undefined : new Date(until) }, now)).toBe(seconds);
});

test('the file may say it; an end is a moment with its zone, and a text one line of at most 300 characters', () => {
  const file = { maintenance: 'consoleAndRelay', maintenanceTextZh: '升级', maintenanceUntil: '2026-11-22T22:00:00Z' };
  expect(settingsSchema.parse(file)).toEqual(file);
  for (const end of ['tomorrow', '2026-11-22', '2026-11-22T22:00:00', 5])
    expect(settingDefinitions.maintenanceUntil.schema.safeParse(end).success, String(end)).toBe(false);
  for (const text of ['two\nlines', 'x'.repeat(301)])
    expect(settingDefinitions.maintenanceTextEn.schema.safeParse(text).success).toBe(false);
  expect(settingDefinitions.maintenance.schema.safeParse('on').success).toBe(false);
});
