import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { faultOf, type FieldFault } from './field-fault.js';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly faults?: readonly FieldFault[];
}

export interface TextFieldProps extends FieldProps {
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local' | 'search';
  readonly width?: 'full' | 'half' | 'short';
  /** Stands behind the field, such as the currency. */
  readonly unit?: string;
  readonly input?: Pick<
    InputHTMLAttributes,
    'autocomplete' | 'inputMode' | 'maxLength' | 'spellcheck' | 'autofocus' | 'required'
  >;
}

/** One line of text with its label, its hint and what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const { name, value = '', type = 'text', width = 'full', unit, input } = props;
  return (
    <FieldFrame {...props}>
      {(described) => (
        <div class={`field__line field__line--${width}`}>
          <input {...({ id: name, name, type, value, ...described, ...input } as InputHTMLAttributes)} />
          {unit !== undefined && <span class="field__unit">{unit}</span>}
        </div>
      )}
    </FieldFrame>
  );
}

export interface AmountFieldProps extends FieldProps {
  readonly value?: string;
  readonly currency?: string;
}

/** Text, not `type=number`: people write `1 234,56`, and browsers' number fields throw such things away. */
export function AmountField(props: AmountFieldProps) {
  const input = { inputMode: 'decimal', autocomplete: 'off', spellcheck: false, maxLength: 60 } as const;
  return <TextField {...props} width="half" unit={props.currency} input={input} />;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface SelectFieldProps extends FieldProps {
  readonly value?: string;
  readonly choices: readonly Choice[];
}

export function SelectField(props: SelectFieldProps) {
  const { name, value, choices } = props;
  return (
    <FieldFrame {...props}>
      {(described) => (
        <select id={name} name={name} {...described}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
              {choice.text}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** A few choices, all of them to be seen. */
export function RadioField({ name, label, hint, faults, value, choices }: SelectFieldProps) {
  const fault = faultOf(faults, name);
  return (
    <fieldset class={fault ? 'field field--wrong' : 'field'} id={name} tabIndex={-1}>
      <legend class="field__label">{label}</legend>
      {hint && <p class="field__hint">{hint}</p>}
      {fault && <p class="field__fault">{fault.text}</p>}
      {choices.map((choice) => (
        <label class="choice" key={choice.value}>
          <input type="radio" name={name} value={choice.value} checked={choice.value === value} />
          <span>{choice.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface Described {
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

interface FieldFrameProps extends FieldProps {
  readonly children: (described: Described) => ComponentChildren;
}

function FieldFrame({ name, label, hint, faults, children }: FieldFrameProps) {
  const fault = faultOf(faults, name);
  const ids = [hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' ');
  const described: Described = {
    ...(ids && { 'aria-describedby': ids }),
    ...(fault && { 'aria-invalid': 'true' as const }),
  };
  return (
    <div class={fault ? 'field field--wrong' : 'field'}>
      <label class="field__label" for={name}>
        {label}
      </label>
      {hint && (
        <p class="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="field__fault" id={`${name}-fault`}>
          {fault.text}
        </p>
      )}
      {children(described)}
    </div>
  );
}
