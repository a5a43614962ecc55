/** GSM 03.38 without what needs an escape; one septet each. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Two septets each. */
const EXTENDED = '^{}\\[~]|€\f';

const SEPTETS = new Map([
  ...[...BASIC].map((character): [string, number] => [character, 1]),
  ...[...EXTENDED].map((character): [string, number] => [character, 2]),
]);

/** What two segments of one long message carry. */
const MAX_SEPTETS = 2 * 153;
const MAX_UTF16_UNITS = 2 * 67;

/** Look-alikes that would make a Latin text twice as dear. */
const PLAIN: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '…': '...',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** Cut to two segments, with dots where something is missing. */
export function smsTextOf(text: string): string {
  const plain = text.replace(/[−–—…“”‘’\u00a0\u202f]/g, (character) => PLAIN[character]!);
  if ([...plain].every((character) => SEPTETS.has(character))) {
    return cut(plain, MAX_SEPTETS, '...', (character) => SEPTETS.get(character)!);
  }
  return cut(text, MAX_UTF16_UNITS, '…', (character) => character.length);
}

/** How many segments a text is sent in. */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const isBasic = characters.every((character) => SEPTETS.has(character));
  const length = isBasic
    ? characters.reduce((sum, character) => sum + SEPTETS.get(character)!, 0)
    : text.length;
  const [single, many] = isBasic ? [160, 153] : [70, 67];
  return length <= single ? 1 : Math.ceil(length / many);
}

function cut(text: string, limit: number, ellipsis: string, sizeOf: (character: string) => number): string {
  const characters = [...text];
  const sizes = characters.map(sizeOf);
  if (sizes.reduce((sum, size) => sum + size, 0) <= limit) return text;
  const room = limit - ellipsis.length;
  let used = 0;
  const end = sizes.findIndex((size) => (used += size) > room);
  return characters.slice(0, end).join('').trimEnd() + ellipsis;
}
