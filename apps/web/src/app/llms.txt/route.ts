import { llmsIndex } from '#features/docs/server/machine-files.ts';
import { routing } from '#i18n/routing.ts';

export const dynamic = 'force-dynamic';

export const GET = () => llmsIndex(routing.defaultLocale);
