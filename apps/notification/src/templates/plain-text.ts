/** What must never reach a reader's screen: controls, halves of characters, and marks that turn the direction of writing. */
const LINE_BREAKS_AND_CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const HALVES_AND_TURNS = /[\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** English, Russian and what stands between: text of nothing else has nothing of the above, and nearly all text is such. */
const ORDINARY = /^[ -~\u00a0-\u00ff\u0400-\u04ff\u2010-\u2026€₽]*$/;

/** In every form in which people write them; a bank code of four letters, whichever. */
const ACCOUNT_NUMBER = /QP\d{2}[\s-]?[A-Z]{4}(?:[\s-]?\d{4}){2}[\s-]?(\d{4})/gi;

/** One line of printable text without a full account number, whatever came in. */
export function plainText(text: string): string {
  return withoutAccountNumbers(printable(text)).trim();
}

function printable(text: string): string {
  if (ORDINARY.test(text)) return text;
  return text.replace(LINE_BREAKS_AND_CONTROLS, ' ').replace(HALVES_AND_TURNS, '');
}

/** Only the last four digits leave the service: whoever reads along shall not learn where to send or ask for money. */
export function withoutAccountNumbers(text: string): string {
  return text.replace(ACCOUNT_NUMBER, '…$1');
}

/** `…5678` */
export function lastDigitsOf(accountNumber: string): string {
  return `…${accountNumber.slice(-4)}`;
}

/** At most so many UTF-16 units, with `…` for what is left out and no half characters. */
export function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}
