import { ErrorSummary } from '../components/error-summary.js';
import type { FieldFault } from '../components/field-fault.js';
import { TextField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Shell } from '../layout/shell.js';
import { Check } from '../preferences/check.js';
import { useVisit } from '../rendering/visit-context.js';
import { isTicked, typeBoxOf, WEBHOOK_CATEGORIES, type TypedWebhook } from './webhook-form.js';

export interface WebhookFormPageProps {
  /** The one that is edited; absent for a new one. */
  readonly endpointId?: string;
  readonly typed: TypedWebhook;
  readonly faults?: readonly FieldFault[];
}

export function WebhookFormPage({ endpointId, typed, faults }: WebhookFormPageProps) {
  const { words } = useVisit();
  const { developer } = words;
  const { form } = developer;
  const isNew = endpointId === undefined;
  const page = `/developer/webhooks/${endpointId}`;
  const back = isNew
    ? { href: '/developer', text: developer.back }
    : { href: page, text: developer.one.title };
  const hidden: Record<string, string> = isNew
    ? { key: typed['key'] ?? '' }
    : { revision: typed['revision'] ?? '' };
  return (
    <Shell title={isNew ? form.newTitle : form.editTitle} back={back} hasErrors={faults !== undefined}>
      <ErrorSummary faults={faults} />
      <Form action={isNew ? '/developer/webhooks' : page} class="form" hidden={hidden}>
        <TextField
          name="url"
          label={form.url}
          hint={form.urlHint}
          value={typed['url']}
          faults={faults}
          input={{ inputMode: 'url', autocomplete: 'off', spellcheck: false, maxLength: 500 }}
        />
        <TextField
          name="description"
          label={`${form.description} ${words.form.optional}`}
          hint={form.descriptionHint}
          value={typed['description']}
          faults={faults}
          input={{ autocomplete: 'off', maxLength: 140 }}
        />
        <TypeBoxes typed={typed} />
        <p class="actions">
          <button class="button" type="submit">
            {isNew ? form.create : form.save}
          </button>
        </p>
      </Form>
    </Shell>
  );
}

function TypeBoxes({ typed }: { readonly typed: TypedWebhook }) {
  const { words } = useVisit();
  const { form } = words.developer;
  return (
    <fieldset class="field" aria-describedby="types-hint">
      <legend class="field__label">{form.types}</legend>
      <p class="field__hint" id="types-hint">
        {form.typesHint}
      </p>
      {WEBHOOK_CATEGORIES.map(({ category, types }) => (
        <div class="boxes__group" key={category}>
          <p class="note">{words.preferences.matrix.categories[category]}</p>
          {types.map((type) => (
            <Check key={type} name={typeBoxOf(type)} isTicked={isTicked(typed, type)}>
              {words.notifications.types[type]}
            </Check>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
