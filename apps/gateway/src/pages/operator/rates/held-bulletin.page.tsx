import type { HeldBulletin, RateSource } from '@kopeck/contracts';
import { ErrorSummary } from '../../components/error-summary.js';
import type { FieldFault } from '../../components/field-fault.js';
import { RadioField, TextField } from '../../components/field.js';
import { Form } from '../../components/form.js';
import { Moment } from '../../components/moment.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { noonOf } from '../day.js';
import { MAX_REASON_LENGTH } from '../reason.js';
import type { TypedDecision } from './decision-form.js';
import { JumpTable } from './jump-table.js';

export interface HeldBulletinPageProps {
  readonly source: RateSource;
  readonly held: HeldBulletin;
  readonly typed: TypedDecision;
  readonly faults?: readonly FieldFault[];
}

export function HeldBulletinPage({ source, held, typed, faults }: HeldBulletinPageProps) {
  const { words, formats } = useVisit();
  const text = words.operatorRates;
  const choices = [
    { value: 'accept', text: text.accept },
    { value: 'reject', text: text.reject },
  ];
  return (
    <Shell
      title={text.heldTitle(text.sources[source], formats.day(noonOf(held.asOf)))}
      back={{ href: '/operator/rates', text: text.title }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <p>
        {text.receivedAt} <Moment at={held.receivedAt} />
      </p>
      <JumpTable jumps={held.jumps} />
      <Form action={`/operator/rates/held/${held.bulletinId}`} class="form">
        <RadioField
          name="decision"
          label={text.decision}
          value={typed.decision}
          choices={choices}
          faults={faults}
        />
        <TextField
          name="reason"
          label={words.operator.reason}
          value={typed.reason}
          faults={faults}
          input={{ autocomplete: 'off', maxLength: MAX_REASON_LENGTH }}
        />
        <p class="actions">
          <button class="button" type="submit">
            {text.decide}
          </button>
        </p>
      </Form>
    </Shell>
  );
}
