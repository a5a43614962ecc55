/** Spreadsheets take a cell that begins like this for a formula, and would run it. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n;]/;

/**
 * One line of a CSV file (RFC 4180). What somebody else wrote, such as a reference, never becomes a formula: it gets an
 * apostrophe in front, which spreadsheets take as "this is text".
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
