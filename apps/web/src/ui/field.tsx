import { Field as BaseField } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { controlClass } from './control-class.ts';

export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong and what to do; announced with the control. */
  readonly error?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** A control with its label, hint and error tied together for assistive technology. */
export function Field({ label, hint, error, children, className }: FieldProps) {
  return (
    <BaseField.Root invalid={Boolean(error)} className={classNames('flex flex-col gap-1.5', className)}>
      <BaseField.Label className="text-small font-medium">{label}</BaseField.Label>
      {children}
      {hint && <BaseField.Description className="text-caption text-ink-faint">{hint}</BaseField.Description>}
      <BaseField.Error match={Boolean(error)} className="text-caption text-bad" role="alert">
        {error}
      </BaseField.Error>
    </BaseField.Root>
  );
}

export function TextInput({ className, ...rest }: ComponentProps<typeof BaseField.Control>) {
  return <BaseField.Control {...rest} className={classNames(controlClass, className as string | undefined)} />;
}

/** For text of many lines. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <BaseField.Control render={<textarea {...rest} />} className={classNames(controlClass, 'py-2', className)} />;
}

/** The platform's own select: right on phones, complete for keyboards and screen readers. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return (
    <BaseField.Control
      render={<select {...rest} />}
      className={classNames(controlClass, 'appearance-auto pr-2', className)}
    />
  );
}
