import type { ComponentChildren } from 'preact';
import { useVisit } from '../rendering/visit-context.js';

/** What to look for, in the address: such a page can be kept, sent to somebody and read again. */
export function Filters({
  action,
  children,
}: {
  readonly action: string;
  readonly children: ComponentChildren;
}) {
  const { words } = useVisit();
  return (
    <form method="get" action={action} class="filters" role="search" noValidate>
      {children}
      <button class="button button--second" type="submit">
        {words.operator.show}
      </button>
    </form>
  );
}
