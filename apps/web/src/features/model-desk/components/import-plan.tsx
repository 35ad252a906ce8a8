'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChargePreview } from '#features/charge-preview/components/charge-preview.tsx';
import { Button } from '#ui/button.tsx';
import { Checkbox } from '#ui/checkbox.tsx';
import { Status } from '#ui/status.tsx';
import { Cell, HeaderCell, Table } from '#ui/table.tsx';
import { choiceOf, firstTicks, type ImportPlanView, type ImportRow, isWritable } from '../import-choice.ts';
import { feeKinds, tokenKinds } from '../price-form.ts';

export interface ImportPlanProps {
  readonly plan: ImportPlanView;
  readonly isApplying: boolean;
  readonly onApply: (choice: { skip: string[]; acceptJumps: string[] }) => void;
}

const tones = {
  new_model: 'good',
  new_price: 'good',
  changed: 'warn',
  unchanged: 'quiet',
  owned_by_file: 'quiet',
  no_price: 'quiet',
} as const satisfies Record<ImportRow['status'], string>;

/** What a list would change, entry by entry, each to be ticked. */
export function ImportPlan({ plan, isApplying, onApply }: ImportPlanProps) {
  const t = useTranslations('modelDesk.import');
  const { rows, problems, unknownFields, preview } = plan;
  const [ticked, setTicked] = useState(() => firstTicks(rows));
  const [showsUnchanged, setShowsUnchanged] = useState(false);
  const shown = rows.filter((row) => showsUnchanged || isWritable(row) || row.status === 'owned_by_file');
  const unchanged = rows.filter(({ status }) => status === 'unchanged' || status === 'no_price').length;

  function tick(id: string, on: boolean) {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  }

  return (
    <div className="flex flex-col gap-6">
      {problems.length > 0 && (
        <div role="alert" className="border-l-2 border-bad py-1 pl-4 text-small">
          <p className="font-medium">{t('problems', { count: problems.length })}</p>
          <ul className="mt-1 font-mono text-caption">
            {problems.map(({ line, field, message }) => (
              <li key={`${line}-${field}-${message}`}>
                {t('problem', { line, field: field ?? '–' })} {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {unknownFields.length > 0 && (
        <p className="border-l-2 border-rule-strong pl-4 text-small text-ink-soft">
          {t('unknown')} <span className="font-mono text-caption">{unknownFields.join(', ')}</span>
        </p>
      )}
      {shown.length > 0 && (
        <Table label={t('plan')}>
          <thead>
            <tr>
              <HeaderCell>{t('model')}</HeaderCell>
              <HeaderCell>{t('statusLabel')}</HeaderCell>
              <HeaderCell>{t('change')}</HeaderCell>
              <HeaderCell numeric>{t('line')}</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id}>
                <Cell>
                  {isWritable(row) ? (
                    <Checkbox checked={ticked.has(row.id)} onChange={(on) => tick(row.id, on)}>
                      <span className="font-mono">{row.id}</span>
                    </Checkbox>
                  ) : (
                    <span className="pl-7 font-mono">{row.id}</span>
                  )}
                </Cell>
                <Cell>
                  <Status tone={row.isJump ? 'bad' : tones[row.status]}>
                    {row.isJump ? t('jump') : t(`status.${row.status}`)}
                  </Status>
                </Cell>
                <Cell className="font-mono text-caption">{changeText(row)}</Cell>
                <Cell numeric>{row.line}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {unchanged > 0 && (
        <Checkbox checked={showsUnchanged} onChange={setShowsUnchanged}>
          {t('showUnchanged', { count: unchanged })}
        </Checkbox>
      )}
      {rows.some(({ isJump }) => isJump) && <p className="text-small text-ink-soft">{t('jumpHint')}</p>}
      <ChargePreview preview={preview} />
      <div className="flex flex-wrap items-center gap-4">
        <Button
          look="primary"
          busy={isApplying}
          disabled={ticked.size === 0}
          onClick={() => onApply(choiceOf(rows, ticked))}
        >
          {t('apply', { count: ticked.size })}
        </Button>
        {!rows.some(isWritable) && <p className="text-small text-ink-soft">{t('nothing')}</p>}
      </div>
    </div>
  );
}

/** What becomes another: input 2.5 → 3; output – → 4. Tiers and rates as they are written. */
function changeText({ now, next }: ImportRow): string {
  const kinds = [...tokenKinds, ...feeKinds].flatMap((kind) => {
    const [before, after] = [now?.[kind], next?.[kind]];
    return before === after ? [] : [`${kind} ${before ?? '–'} → ${after ?? '–'}`];
  });
  const others = (['rates', 'above'] as const).flatMap((part) => {
    const [before, after] = [JSON.stringify(now?.[part] ?? null), JSON.stringify(next?.[part] ?? null)];
    return before === after ? [] : [`${part} ${before} → ${after}`];
  });
  return [...kinds, ...others].join('; ');
}
