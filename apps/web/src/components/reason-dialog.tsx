'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextArea } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useFailure } from './use-failure.ts';

const reasonRows = 3;

export interface ReasonDialogProps {
  readonly title: string;
  /** What follows from it. */
  readonly lead: string;
  readonly labels: {
    readonly reason: string;
    readonly hint?: string;
    readonly submit: string;
    readonly cancel: string;
  };
  readonly maxLength: number;
  readonly isDanger?: boolean;
  /** Something else has to be chosen first. */
  readonly isIncomplete?: boolean;
  /** How what was asked for stands. */
  readonly act: { readonly error: unknown; readonly isPending: boolean };
  readonly onSubmit: (reason: string) => void;
  readonly onClose: () => void;
  /** What else is to be said. */
  readonly children?: ReactNode;
}

/** For what staff do for a reason, which is written down with it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, lead, labels, maxLength, isDanger = false, isIncomplete = false, act, onSubmit, onClose } = props;
  const failure = useFailure();
  const [reason, setReason] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!act.isPending && reason.trim() !== '' && !isIncomplete) onSubmit(reason.trim());
  }

  return (
    <Dialog open dismissible={false} onOpenChange={(open) => !open && onClose()} title={title} description={lead}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {props.children}
        <Field label={labels.reason} hint={labels.hint}>
          <TextArea
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            rows={reasonRows}
            maxLength={maxLength}
          />
        </Field>
        {act.error ? <ErrorState {...failure(act.error)} /> : null}
        <DialogActions>
          <Button onClick={onClose}>{labels.cancel}</Button>
          <Button
            type="submit"
            look={isDanger ? 'danger' : 'primary'}
            busy={act.isPending}
            disabled={reason.trim() === '' || isIncomplete}
          >
            {labels.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
