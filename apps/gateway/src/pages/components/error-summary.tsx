import { useVisit } from '../rendering/visit-context.js';
import type { FieldFault } from './field-fault.js';

/** On top of a form that came back: everything that is wrong, each a link to its field, in the same words as beside it. */
export function ErrorSummary({ faults = [] }: { readonly faults?: readonly FieldFault[] }) {
  const { words } = useVisit();
  if (faults.length === 0) return null;
  return (
    <div class="faults" role="alert" tabIndex={-1} aria-labelledby="faults-title" data-focus>
      <h2 id="faults-title">{words.form.problem}</h2>
      <ul>
        {faults.map(({ field, text }) => (
          <li key={text}>{field === undefined ? text : <a href={`#${field}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
