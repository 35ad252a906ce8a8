import { expect, test } from 'vitest';
import { fillReply, unknownPlaceholders } from './placeholders.ts';

const values = { amount: '$4.95', order: 'ord_1', organization: '{person} & $1', person: 'Ada' };

test('each placeholder is filled in wherever it stands, and nothing that a value says is', () => {
  expect(fillReply('{person}: {amount}, {amount} of {order}', values)).toBe('Ada: $4.95, $4.95 of ord_1');
  expect(fillReply('for {organization}', values)).toBe('for {person} & $1');
  expect(fillReply('{Person} {name} {"a":1}', values)).toBe('{Person} {name} {"a":1}');
});

test('what looks like a placeholder and is none is named as it was typed, once', () => {
  expect(unknownPlaceholders('{amount} {order} {organization} {person}')).toEqual([]);
  expect(unknownPlaceholders('{name} {Amount} { order } {name}')).toEqual(['{name}', '{Amount}', '{ order }']);
  expect(unknownPlaceholders('｛amount｝ {金额}')).toEqual(['｛amount｝', '{金额}']);
});

test('braces that hold no word are text', () => {
  expect(unknownPlaceholders('{"model": "m"} {} { [1] } {a:1}')).toEqual([]);
});
