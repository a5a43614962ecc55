const HOURS_AND_MINUTES = /^(\d{1,2})(?:\s*[:.\s]\s*(\d{2}))?$/;
const FOUR_DIGITS = /^(\d{2})(\d{2})$/;

/**
 * Reads a time of 24 hours as people type it: `22:00`, `22.00`, `2200`, `7:30`, `7`.
 *
 * @returns `HH:MM`; undefined for anything else, such as `10 pm`, which is asked for again rather than guessed.
 */
export function readTypedTimeOfDay(text: string): string | undefined {
  const typed = text.trim();
  const match = FOUR_DIGITS.exec(typed) ?? HOURS_AND_MINUTES.exec(typed);
  if (!match) return undefined;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
