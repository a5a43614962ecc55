/** Strokes of 24 by 24; drawn in the colour of the text beside them, and never without a word. */
const STROKES = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  send: 'M4 12h15M13 6l6 6-6 6',
  convert: 'M5 8h13M14 4l4 4-4 4M19 16H6M10 12l-4 4 4 4',
  accounts: 'M4 7h16v12H4zM4 11h16M15 15h2',
  cash: 'M3 7h18v10H3zM12 14.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM6 10v4M18 10v4',
  rates: 'M4 18l5-6 4 3 7-9M15 6h5v5',
  bell: 'M6 16V11a6 6 0 0112 0v5l2 2H4zM10 21h4',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  tools: 'M4 6h10M18 6h2M16 4v4M4 12h2M10 12h10M8 10v4M4 18h8M16 18h4M14 16v4',
} as const;

export type IconName = keyof typeof STROKES;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={STROKES[name]} />
    </svg>
  );
}
