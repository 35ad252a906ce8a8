import { useTranslations } from 'next-intl';
import { CodeBlock } from '#ui/code-block.tsx';
import { Section } from '#ui/section.tsx';

/**
 * Journals first: what is settled between the two is then in both, which does no harm, and in the other order it would be in neither. The
 * embedded database's folder is no backup while it runs, and is left out.
 */
const commands = `tar -czf ai-bridge-data.tgz --exclude=./postgres -C "\${DATA_DIR:-.data}" .
pg_dump --format=custom --file=ai-bridge.dump "$DATABASE_URL"`;

/** What to keep a copy of; drawn by the server, as scripts for browsers name no setting. Nothing here knows when that was done last, so nothing is said of it. */
export function BackupHint() {
  const t = useTranslations('operations.backup');
  return (
    <div className="mt-10">
      <Section title={t('title')}>
        <p className="mb-3 text-small">{t('what')}</p>
        <CodeBlock code={commands} title={t('terminal')} />
        <p className="mt-3 text-caption text-ink-faint">{t('embedded')}</p>
      </Section>
    </div>
  );
}
