import type { ComponentChildren } from 'preact';

/** A part of the page isn't there for the moment, or something is to be known before going on. */
export function Notice({ children }: { readonly children: ComponentChildren }) {
  return <div class="notice">{children}</div>;
}
