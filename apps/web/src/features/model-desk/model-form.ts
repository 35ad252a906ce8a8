import { readWholeNumber } from '#components/whole-number.ts';
import type { DeskModel } from './model-filter.ts';

const maxAliases = 20;
const maxTokens = 100_000_000n;
const maxNameLength = 100;
export const takesFields = ['takesImages', 'takesTools', 'takesDocuments'] as const;
type TakesField = (typeof takesFields)[number];
const aliasPattern = /^[!-~]{1,200}$/;

/** What is said of something that a model may take: nothing where that is not known. */
export const takesChoices = ['', 'yes', 'no'] as const;
export type TakesChoice = (typeof takesChoices)[number];

export function takesChoice(takes: boolean | null): TakesChoice {
  if (takes === null) return '';
  return takes ? 'yes' : 'no';
}

/** What staff change of a model beside prices and fallback, as typed: numbers may be empty, aliases stand one to a line. */
export interface ModelForm extends Readonly<Record<TakesField, TakesChoice>> {
  readonly displayName: string;
  readonly contextTokens: string;
  readonly maxOutputTokens: string;
  readonly aliases: string;
}
export type ModelField = keyof ModelForm;
export const modelFields = [
  'displayName',
  'contextTokens',
  'maxOutputTokens',
  ...takesFields,
  'aliases',
] as const satisfies ModelField[];

export interface ModelEdit extends Partial<Record<TakesField, boolean | null>> {
  displayName?: string;
  contextTokens?: number | null | undefined;
  maxOutputTokens?: number | null | undefined;
  aliases?: string[];
}

export function modelFormOf(model: DeskModel): ModelForm {
  const { displayName, contextTokens, maxOutputTokens, takesImages, takesTools, takesDocuments, aliases } = model;
  const text = (tokens: number | null) => tokens?.toString() ?? '';
  return {
    ...{ displayName, aliases: aliases.join('\n') },
    ...{ contextTokens: text(contextTokens), maxOutputTokens: text(maxOutputTokens) },
    takesImages: takesChoice(takesImages),
    takesTools: takesChoice(takesTools),
    takesDocuments: takesChoice(takesDocuments),
  };
}

/** What of the form differs from the model; or which fields cannot be meant. */
export function readModelForm(form: ModelForm, model: DeskModel): { edit: ModelEdit } | { wrong: ModelField[] } {
  const before = modelFormOf(model);
  const changed = modelFields.filter((field) => form[field] !== before[field]);
  const edit: ModelEdit = {};
  const wrong = changed.filter((field) => !readers[field](form[field], edit));
  return wrong.length > 0 ? { wrong } : { edit };
}

/** Each writes what it read; false where there is nothing to read. */
const readers: Readonly<Record<ModelField, (text: string, edit: ModelEdit) => boolean>> = {
  displayName(text, edit) {
    edit.displayName = text.trim();
    return edit.displayName !== '' && edit.displayName.length <= maxNameLength;
  },
  contextTokens(text, edit) {
    edit.contextTokens = readTokens(text);
    return edit.contextTokens !== undefined;
  },
  maxOutputTokens(text, edit) {
    edit.maxOutputTokens = readTokens(text);
    return edit.maxOutputTokens !== undefined;
  },
  takesImages: takes('takesImages'),
  takesTools: takes('takesTools'),
  takesDocuments: takes('takesDocuments'),
  aliases(text, edit) {
    edit.aliases = [...new Set(text.split(/\s+/).filter((alias) => alias !== ''))];
    return edit.aliases.length <= maxAliases && edit.aliases.every((alias) => aliasPattern.test(alias));
  },
};

function takes(field: TakesField) {
  return (text: string, edit: ModelEdit) => {
    edit[field] = text === '' ? null : text === 'yes';
    return true;
  };
}

function readTokens(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const tokens = readWholeNumber(text);
  return tokens !== undefined && tokens > 0n && tokens <= maxTokens ? Number(tokens) : undefined;
}
