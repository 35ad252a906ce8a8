import type zh from './messages/zh.json';
import type { Locale } from './routing.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof zh;
  }
}
