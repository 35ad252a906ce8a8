import { useId } from 'react';
import { controlClass } from '#ui/control-class.ts';

export interface ChoiceProps {
  readonly label: string;
  /** In the address. */
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The platform's own select with its label, for forms that work before any script does. */
export function Choice({ label, name, value, onChange, options }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      <select
        id={id}
        name={name}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${controlClass} appearance-auto pr-2`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
