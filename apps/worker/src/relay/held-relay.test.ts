import type { StaffRole } from '@ai-bridge/access';
import { type CatalogSnapshot, defaultSettings, type SiteSettings } from '@ai-bridge/catalog';
import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { refuseWhileHeld } from './held-relay.ts';
import { caller } from './plan-route.fixture.ts';

const nowMs = Date.parse('2026-11-22T20:00:00Z');
const by = (role?: StaffRole, hasTwoFactor = false) => caller({ staff: role && { role, hasTwoFactor } });

/** @returns the refusal, if any, and whether the exchange counts as held */
function ask(settings: Partial<SiteSettings>, who = by()) {
  const exchange = { isHeld: false };
  const deps = {
    clock: { now: () => nowMs, monotonicMs: () => 0 },
    catalog: () => ({ settings: { ...defaultSettings, ...settings } }) as CatalogSnapshot,
  };
  try {
    refuseWhileHeld(exchange, who, deps);
    return { isHeld: exchange.isHeld };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { isHeld: exchange.isHeld, code: error.code, detail: error.detail };
  }
}

const held = { maintenance: 'consoleAndRelay' } as const;

test('requests pass unless the relay itself is held', () => {
  expect(ask({})).toEqual({ isHeld: false });
  expect(ask({ maintenance: 'console' })).toEqual({ isHeld: false });
  expect(ask(held)).toMatchObject({ isHeld: true, code: 'maintenance' });
});

test('a refusal has the operator’s words, the expected end, and when to come back', () => {
  const { detail } = ask({ ...held, maintenanceTextZh: '升级', maintenanceUntil: '2026-11-22T20:10:00Z' });
  expect(detail).toEqual({
    notice: { zh: '升级', en: '' },
    until: new Date('2026-11-22T20:10:00Z'),
    retryAfterSeconds: 600,
  });
  expect(ask(held).detail).toEqual({ notice: { zh: '', en: '' }, retryAfterSeconds: 60 });
});

test('keys of who may try the relay go through, those of the rest of the staff and of customers do not', () => {
  for (const role of ['operator', 'administrator'] as const) expect(ask(held, by(role))).toEqual({ isHeld: false });
  for (const role of ['support', 'finance', 'auditor'] as const)
    expect(ask(held, by(role))).toMatchObject({ isHeld: true });
});

test('where staff need a second factor, so do their keys', () => {
  const strict = { ...held, requireTwoFactorForStaff: true };
  expect(ask(strict, by('operator'))).toMatchObject({ code: 'maintenance' });
  expect(ask(strict, by('operator', true))).toEqual({ isHeld: false });
});
