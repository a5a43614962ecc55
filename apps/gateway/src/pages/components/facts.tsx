import type { ComponentChildren } from 'preact';

/** A name and what it is. */
export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
}

/** Names and values in lines; what has no value is left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
