/** One of a few views of the same page, each with an address of its own. */
export interface Tab {
  readonly href: string;
  readonly text: string;
  readonly isHere: boolean;
}

export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav class="tabs screen" aria-label={label}>
      {tabs.map(({ href, text, isHere }) => (
        <a key={href} href={href} aria-current={isHere ? 'true' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
