import { expect, test } from 'vitest';
import { chooseModel, modelsOfKey } from './choose-model.ts';

const models = ['a', 'gpt-4o', 'z'].map((id) => ({ id, provider: 'p' }));
const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

test('a key is offered what both it and its group allow', () => {
  expect(ids(modelsOfKey(models, { models: [] }, undefined))).toEqual(['a', 'gpt-4o', 'z']);
  expect(ids(modelsOfKey(models, { models: ['a', 'z'] }, ['z', 'gpt-4o']))).toEqual(['z']);
});

test('the model to begin with is the wanted one where it is offered, else a well-known one, else any', () => {
  expect(chooseModel(models, 'z')?.id).toBe('z');
  expect(chooseModel(models, 'gone')?.id).toBe('gpt-4o');
  expect(chooseModel(models.slice(0, 1))?.id).toBe('a');
  expect(chooseModel([])).toBeUndefined();
});
