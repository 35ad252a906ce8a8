import type { Language } from './choose-language.ts';
import { en } from './en.ts';
import type { Texts } from './texts.ts';
import { zh } from './zh.ts';

const all: Readonly<Record<Language, Texts>> = { zh, en };

export const textsOf = (language: Language): Texts => all[language];
