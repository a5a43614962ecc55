import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { Form } from '../components/form.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { ChannelMatrix } from './channel-matrix.js';
import type { ContactFacts } from './contact-facts.js';
import { Contacts } from './contacts.js';
import { LanguageField, MinimumFields, QuietHoursFields, RateFields } from './preference-fields.js';
import type { TypedPreferences } from './preference-form.js';

export interface PreferencesPageProps {
  /** Absent while nobody can read them. */
  readonly typed: TypedPreferences | undefined;
  readonly contacts: ContactFacts;
  readonly faults?: readonly FieldFault[];
}

export function PreferencesPage({ typed, contacts, faults }: PreferencesPageProps) {
  const { preferences } = useVisit().words;
  return (
    <Shell
      title={preferences.title}
      back={{ href: '/notifications', text: preferences.back }}
      hasErrors={faults !== undefined}
    >
      <ErrorSummary faults={faults} />
      <p>{preferences.lead}</p>
      <Contacts {...contacts} />
      {typed === undefined ? (
        <Notice>{preferences.away}</Notice>
      ) : (
        <ChoiceForm typed={typed} faults={faults} />
      )}
    </Shell>
  );
}

interface ChoiceFormProps {
  readonly typed: TypedPreferences;
  readonly faults?: readonly FieldFault[];
}

function ChoiceForm(props: ChoiceFormProps) {
  const { words, session } = useVisit();
  const hidden = { revision: props.typed['revision'] ?? '0' };
  return (
    <Form action="/preferences" class="chapters" hidden={hidden}>
      <ChannelMatrix {...props} />
      <QuietHoursFields {...props} />
      {session?.role === 'customer' && (
        <>
          <RateFields {...props} />
          <MinimumFields {...props} />
        </>
      )}
      <LanguageField {...props} />
      <p class="actions">
        <button class="button" type="submit">
          {words.preferences.save}
        </button>
      </p>
    </Form>
  );
}
