import { expect, test } from 'vitest';
import { overallOf, stateOf } from './model-state.ts';

test('nothing seen is no traffic, never operational', () => {
  expect(stateOf({ requests: 0, failures: 0 })).toBe('no_traffic');
});

test('a model is degraded below 95 % and down below 50 %, each bound being the better state’s', () => {
  expect(stateOf({ requests: 100, failures: 5 })).toBe('operational');
  expect(stateOf({ requests: 100, failures: 6 })).toBe('degraded');
  expect(stateOf({ requests: 100, failures: 50 })).toBe('degraded');
  expect(stateOf({ requests: 100, failures: 51 })).toBe('down');
});

test('one or two failures are too few to call a model down', () => {
  expect(stateOf({ requests: 1, failures: 1 })).toBe('degraded');
  expect(stateOf({ requests: 2, failures: 2 })).toBe('degraded');
  expect(stateOf({ requests: 3, failures: 3 })).toBe('down');
});

test('the whole is as well as its worst part with traffic', () => {
  expect(overallOf([])).toBe('no_traffic');
  expect(overallOf(['no_traffic'])).toBe('no_traffic');
  expect(overallOf(['operational', 'no_traffic'])).toBe('operational');
  expect(overallOf(['operational', 'degraded'])).toBe('degraded');
  expect(overallOf(['operational', 'degraded', 'down'])).toBe('partly_down');
  expect(overallOf(['down', 'no_traffic'])).toBe('down');
});
