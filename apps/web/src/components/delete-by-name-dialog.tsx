'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogActions } from '#ui/dialog.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import { ErrorState } from '#ui/states.tsx';
import { useFailure } from './use-failure.ts';

export interface DeleteByNameDialogProps {
  /** What has to be typed. */
  readonly name: string;
  readonly title: string;
  /** What follows from it. */
  readonly lead: string;
  readonly label: string;
  readonly submit: string;
  readonly cancel: string;
  /** How the removal that was asked for stands. */
  readonly removal: { readonly error: unknown; readonly isPending: boolean };
  readonly onDelete: () => void;
  readonly onClose: () => void;
  /** What else stands against it. */
  readonly children?: ReactNode;
}

/** For what cannot be undone: its name has to be typed. */
export function DeleteByNameDialog(props: DeleteByNameDialogProps) {
  const { name, title, lead, label, submit, cancel, removal, onDelete, onClose, children } = props;
  const failure = useFailure();
  const [typed, setTyped] = useState('');
  const matches = typed.trim() === name;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (matches) onDelete();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={lead}>
      <form onSubmit={onSubmit}>
        {children}
        <Field label={label}>
          <TextInput value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </Field>
        {removal.error ? <ErrorState {...failure(removal.error)} /> : null}
        <DialogActions>
          <Button onClick={onClose}>{cancel}</Button>
          <Button type="submit" look="danger" disabled={!matches} busy={removal.isPending}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
