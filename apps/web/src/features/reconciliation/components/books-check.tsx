'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { tokensText } from '#components/amounts.ts';
import { type ApiOutput, api } from '#components/api.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useMay } from '#components/permissions.tsx';
import { Button } from '#ui/button.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { BooksRuns } from './books-runs.tsx';
import { CheckSection, checkEveryMs } from './check-section.tsx';
import { FreezeDialog } from './freeze-dialog.tsx';

type Books = ApiOutput['reconciliation']['books'];
type Organization = Books['frozen'][number]['organization'];

/** The ledger against the balances; an organization whose books disagree can be stopped from spending. */
export function BooksCheck() {
  const t = useTranslations('reconciliation');
  const books = api.reconciliation.books.useQuery(undefined, { refetchInterval: checkEveryMs });
  const [asked, setAsked] = useState<{ organization: Organization; frozen: boolean }>();
  const { drifts = [], frozen = [] } = books.data ?? {};
  return (
    <CheckSection
      title={t('books.title')}
      lead={t('books.lead')}
      query={books}
      isAlarmed={books.data && drifts.length > 0}
    >
      {books.data && <BooksRuns runs={books.data.runs} />}
      {drifts.length > 0 && (
        <DriftTable
          drifts={drifts}
          frozenIds={frozen.map(({ organization }) => organization.id)}
          onFreeze={(organization) => setAsked({ organization, frozen: true })}
        />
      )}
      {frozen.length > 0 && (
        <FrozenTable frozen={frozen} onUnfreeze={(organization) => setAsked({ organization, frozen: false })} />
      )}
      {asked && <FreezeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </CheckSection>
  );
}

interface DriftTableProps {
  readonly drifts: Books['drifts'];
  readonly frozenIds: readonly string[];
  readonly onFreeze: (organization: Organization) => void;
}

function DriftTable({ drifts, frozenIds, onFreeze }: DriftTableProps) {
  const t = useTranslations('reconciliation');
  const locale = useLocale();
  const mayFreeze = useMay('balance.freeze');
  return (
    <Table label={t('books.drifts')}>
      <thead>
        <tr>
          <HeaderCell>{t('column.organization')}</HeaderCell>
          <HeaderCell>{t('column.check')}</HeaderCell>
          <HeaderCell numeric>{t('column.expected')}</HeaderCell>
          <HeaderCell numeric>{t('column.actual')}</HeaderCell>
          <HeaderCell>{t('column.subject')}</HeaderCell>
          <HeaderCell>
            <span className="sr-only">{t('column.actions')}</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {drifts.map(({ check, subject, organization, expectedNanoUsd, actualNanoUsd }) => (
          <tr key={`${check}:${subject}`}>
            <Cell>{organization?.name ?? t('house')}</Cell>
            <Cell>{t(`check.${check}`)}</Cell>
            <Cell numeric>{tokensText(expectedNanoUsd, locale)}</Cell>
            <Cell numeric>{tokensText(actualNanoUsd, locale)}</Cell>
            <Cell className="font-mono text-caption text-ink-faint">{subject}</Cell>
            <Cell className="text-right">
              {mayFreeze && organization && !frozenIds.includes(organization.id) && (
                <Button onClick={() => onFreeze(organization)}>{t('freeze.action')}</Button>
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

interface FrozenTableProps {
  readonly frozen: Books['frozen'];
  readonly onUnfreeze: (organization: Organization) => void;
}

function FrozenTable({ frozen, onUnfreeze }: FrozenTableProps) {
  const t = useTranslations('reconciliation');
  const mayFreeze = useMay('balance.freeze');
  return (
    <div className="mt-6">
      <h3 className="mb-2 text-small font-medium">{t('freeze.frozen')}</h3>
      <Table label={t('freeze.frozen')}>
        <thead>
          <tr>
            <HeaderCell>{t('column.organization')}</HeaderCell>
            <HeaderCell>{t('column.since')}</HeaderCell>
            <HeaderCell>
              <span className="sr-only">{t('column.actions')}</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {frozen.map(({ organization, frozenAt }) => (
            <tr key={organization.id}>
              <Cell>{organization.name}</Cell>
              <Cell>
                <LocalTime at={frozenAt} />
              </Cell>
              <Cell className="text-right">
                {mayFreeze && <Button onClick={() => onUnfreeze(organization)}>{t('freeze.undo')}</Button>}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
