/** A moment within a plain day (`YYYY-MM-DD`) that is of this day in every time zone people live in. */
export function noonOf(day: string): string {
  return `${day}T12:00:00.000Z`;
}
