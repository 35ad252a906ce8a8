import type { Locale } from '../routing.ts';
import en from './en/index.ts';
import zh from './zh/index.ts';

/** The text of the whole interface. A key missing in one language is a type error here. */
export const messagesByLocale: Record<Locale, typeof zh & typeof en> = { zh, en };
