'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, TextInput } from '#ui/field.tsx';
import type { EndpointForm } from '../new-channel-form.ts';
import { protocolLabels } from '../protocol-label.ts';
import type { FieldName } from './use-field-error.ts';

export interface EndpointFieldsProps {
  readonly endpoints: readonly EndpointForm[];
  readonly onChange: (endpoints: readonly EndpointForm[]) => void;
  readonly error: (field: FieldName) => string | undefined;
}

/** Where requests go and what is spoken there: the preset's own addresses, unless others are typed. */
export function EndpointFields({ endpoints, onChange, error }: EndpointFieldsProps) {
  const t = useTranslations('channels');
  const change = (index: number, part: Partial<EndpointForm>) =>
    onChange(endpoints.map((endpoint, at) => (at === index ? { ...endpoint, ...part } : endpoint)));
  return (
    <div className="flex flex-col gap-4">
      {endpoints.map(({ offered, protocols, baseUrl, known }, index) => (
        <fieldset key={offered.join()} className="min-w-0">
          <legend className="text-small font-medium">{t('field.address')}</legend>
          <div className="flex flex-wrap gap-x-5">
            {offered.map((protocol) => (
              <Checkbox
                key={protocol}
                checked={protocols.includes(protocol)}
                onChange={(on) =>
                  change(index, {
                    protocols: offered.filter((one) => (one === protocol ? on : protocols.includes(one))),
                  })
                }
              >
                {protocolLabels[protocol]}
              </Checkbox>
            ))}
          </div>
          {protocols.length > 0 && (
            <Field
              label={
                <span className="sr-only">{`${t('field.baseUrl')} ${offered.map((one) => protocolLabels[one]).join(', ')}`}</span>
              }
              error={error('baseUrl')}
            >
              <TextInput
                type="url"
                inputMode="url"
                value={baseUrl}
                onChange={(event) => change(index, { baseUrl: event.target.value })}
                placeholder={known ?? 'https://api.example.com/v1'}
                required={known === undefined}
                className="font-mono"
                autoComplete="off"
              />
            </Field>
          )}
        </fieldset>
      ))}
      {error('protocols') && (
        <p role="alert" className="text-caption text-bad">
          {error('protocols')}
        </p>
      )}
    </div>
  );
}
