import { expect, test } from 'vitest';
import { createSignInThrottle, signInBounds } from './sign-in-throttle.ts';

const email = 'someone@example.com';

test('after the bound of wrong passwords a pair of address and e-mail is refused, other pairs are not', () => {
  const throttle = createSignInThrottle(() => 0);
  for (let i = 0; i < signInBounds.failuresPerPair.maxMarks; i++) {
    expect(throttle.admitSignIn('10.0.0.1', email)).toBe(true);
    throttle.failed('10.0.0.1', email);
  }
  expect(throttle.admitSignIn('10.0.0.1', email)).toBe(false);
  expect(throttle.admitSignIn('10.0.0.1', ` ${email.toUpperCase()} `)).toBe(false);
  expect(throttle.admitSignIn('10.0.0.1', 'other@example.com')).toBe(true);
  expect(throttle.admitSignIn('10.0.0.2', email)).toBe(true);
});

test('guessing one e-mail from many addresses is bounded too', () => {
  const throttle = createSignInThrottle(() => 0);
  for (let i = 0; i < signInBounds.failuresPerEmail.maxMarks; i++) throttle.failed(`10.0.${i}.1`, email);
  expect(throttle.admitSignIn('10.9.9.9', email)).toBe(false);
});

test('one address may neither try nor register without end', () => {
  const throttle = createSignInThrottle(() => 0);
  for (let i = 0; i < signInBounds.triesPerAddress.maxMarks; i++) throttle.admitSignIn('10.0.0.1', `${i}@example.com`);
  expect(throttle.admitSignIn('10.0.0.1', email)).toBe(false);
  for (let i = 0; i < signInBounds.registrationsPerAddress.maxMarks; i++) {
    expect(throttle.admitRegistration('10.0.0.1')).toBe(true);
  }
  expect(throttle.admitRegistration('10.0.0.1')).toBe(false);
});

test('a right password clears the pair', () => {
  const throttle = createSignInThrottle(() => 0);
  for (let i = 0; i < signInBounds.failuresPerPair.maxMarks - 1; i++) throttle.failed('10.0.0.1', email);
  throttle.succeeded('10.0.0.1', email);
  throttle.failed('10.0.0.1', email);
  expect(throttle.admitSignIn('10.0.0.1', email)).toBe(true);
});
