'use client';

import { contrastRatio, papers, readableContrast } from '@ai-bridge/domain';
import { useTranslations } from 'next-intl';
import { LimitPresetButtons } from '#components/limit-preset-buttons.tsx';
import { localInputText, readMoment } from '#components/local-input.ts';
import { locales } from '#i18n/routing.ts';
import { Checkbox } from '#ui/checkbox.tsx';
import { Field, Select, TextInput } from '#ui/field.tsx';
import { Status } from '#ui/status.tsx';
import { controls, type DeskSetting, type SettingName, typedOf } from '../setting-form.ts';

export interface SettingFieldProps {
  readonly setting: DeskSetting;
  readonly name: SettingName;
  readonly typed: string;
  readonly isWrong: boolean;
  readonly mayEdit: boolean;
  readonly onType: (typed: string) => void;
}

/** One setting: its control, what it does, and whose word its value is. */
export function SettingField({ setting, name, typed, isWrong, mayEdit, onType }: SettingFieldProps) {
  const t = useTranslations('siteSettings');
  const tone = { default: 'quiet', file: 'warn', console: 'good' } as const;
  const control = (
    <SettingControl name={name} typed={typed} isDisabled={!mayEdit || setting.source === 'file'} onType={onType} />
  );
  const isGroup = controls[name].kind === 'languages' || controls[name].kind === 'flag';
  return (
    <div className="grid gap-x-8 gap-y-1 border-b border-rule py-4 first:pt-0 last:border-b-0 md:grid-cols-[minmax(0,1fr)_11rem]">
      {isGroup ? (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-small font-medium">{t(`name.${name}`)}</legend>
          {control}
          <p className="mt-1.5 text-caption text-ink-faint">{t(`hint.${name}`)}</p>
          {isWrong && <p className="text-caption text-bad">{t(`invalid.${name}`)}</p>}
        </fieldset>
      ) : (
        <Field
          label={t(`name.${name}`)}
          hint={t(`hint.${name}`)}
          error={isWrong ? <Wrong name={name} typed={typed} /> : undefined}
        >
          {control}
        </Field>
      )}
      <p className="md:pt-7">
        <Status tone={tone[setting.source]}>{t(`source.${setting.source}`)}</Status>
      </p>
    </div>
  );
}

/** What is wrong with it; of a colour also by how much. */
function Wrong({ name, typed }: { readonly name: SettingName; readonly typed: string }) {
  const t = useTranslations('siteSettings');
  const paper = name === 'accentOnLight' ? papers.light : name === 'accentOnDark' ? papers.dark : undefined;
  const ratio = paper && contrastRatio(typed.trim(), paper);
  return ratio ? t('tooPale', { ratio: String(ratio), needed: String(readableContrast) }) : t(`invalid.${name}`);
}

interface ControlProps extends Pick<SettingFieldProps, 'name' | 'typed' | 'onType'> {
  readonly isDisabled: boolean;
}

function SettingControl({ name, typed, isDisabled, onType }: ControlProps) {
  const t = useTranslations('siteSettings');
  const control = controls[name];
  if (control.kind === 'choice')
    return (
      <Select value={typed} disabled={isDisabled} onChange={(event) => onType(event.target.value)}>
        {control.values.map((value) => (
          <option key={value} value={value}>
            {t(`choice.${value as 'zh'}`)}
          </option>
        ))}
      </Select>
    );
  if (control.kind === 'flag')
    return (
      <Checkbox checked={typed === 'true'} onChange={(checked) => !isDisabled && onType(String(checked))}>
        {t('choice.on')}
      </Checkbox>
    );
  if (control.kind === 'languages') {
    const chosen = typed.split(',');
    const flip = (language: string, isOn: boolean) =>
      onType(locales.filter((one) => (one === language ? isOn : chosen.includes(one))).join(','));
    return locales.map((language) => (
      <Checkbox
        key={language}
        checked={chosen.includes(language)}
        onChange={(isOn) => !isDisabled && flip(language, isOn)}
      >
        {t(`choice.${language}`)}
      </Checkbox>
    ));
  }
  if (control.kind === 'moment')
    return (
      <TextInput
        type="datetime-local"
        // Its button would take the focus without showing it; everything in it can be typed.
        className="[&::-webkit-calendar-picker-indicator]:hidden"
        value={localInputText(readMoment(typed) ?? null)}
        disabled={isDisabled}
        onChange={(event) => onType(readMoment(event.target.value)?.toISOString() ?? '')}
      />
    );
  const text = (
    <TextInput
      value={typed}
      disabled={isDisabled}
      onChange={(event) => onType(event.target.value)}
      autoComplete="off"
      spellCheck={false}
      {...(control.kind === 'text' ? {} : { className: 'font-mono' })}
      {...(control.kind === 'count' ? { inputMode: 'numeric' as const } : {})}
    />
  );
  if (control.kind === 'limits')
    return (
      <>
        {text}
        {!isDisabled && <LimitPresetButtons onChoose={(limits) => onType(typedOf(limits))} />}
      </>
    );
  if (control.kind !== 'colour') return text;
  return (
    <span className="flex items-center gap-3">
      {text}
      <span
        aria-hidden="true"
        className="size-9 shrink-0 rounded-control border border-rule-strong"
        style={{ background: typed }}
      />
    </span>
  );
}
