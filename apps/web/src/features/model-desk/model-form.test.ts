import { expect, test } from 'vitest';
import type { DeskModel } from './model-filter.ts';
import { modelFormOf, readModelForm } from './model-form.ts';

const model = {
  ...{ id: 'm', displayName: 'Model M', contextTokens: 200_000, maxOutputTokens: null, aliases: ['m-latest'] },
  ...{ takesImages: true, takesTools: null, takesDocuments: false },
} as unknown as DeskModel;
const form = modelFormOf(model);

test('only what differs from the model is changed', () => {
  expect(readModelForm(form, model)).toEqual({ edit: {} });
  expect(readModelForm({ ...form, maxOutputTokens: '64,000', aliases: ' m-latest \n\nclaude-m' }, model)).toEqual({
    edit: { maxOutputTokens: 64_000, aliases: ['m-latest', 'claude-m'] },
  });
});

test('an empty number is unknown again, and no alias is none', () => {
  expect(readModelForm({ ...form, contextTokens: ' ', aliases: '' }, model)).toEqual({
    edit: { contextTokens: null, aliases: [] },
  });
});

test('what a model takes is yes, no, or not known again, each by itself', () => {
  expect([form.takesImages, form.takesTools, form.takesDocuments]).toEqual(['yes', '', 'no']);
  expect(readModelForm({ ...form, takesImages: 'no', takesTools: 'yes', takesDocuments: '' }, model)).toEqual({
    edit: { takesImages: false, takesTools: true, takesDocuments: null },
  });
});

test('what cannot be meant is named by its field', () => {
  expect(
    readModelForm({ ...form, displayName: ' ', contextTokens: '0', maxOutputTokens: '1.5', aliases: '中文' }, model),
  ).toEqual({ wrong: ['displayName', 'contextTokens', 'maxOutputTokens', 'aliases'] });
});
