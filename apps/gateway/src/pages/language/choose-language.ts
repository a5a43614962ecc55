import { LANGUAGES, type Language } from '@kopeck/contracts';

/** Where nobody says anything. */
const DEFAULT: Language = 'en';

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/**
 * What somebody chose, or what their browser prefers most of those there are.
 *
 * @param chosen the language cookie.
 * @param acceptLanguage RFC 9110, section 12.5.4: `ru-RU, ru;q=0.9, en;q=0.8`.
 */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | undefined): Language {
  if (isLanguage(chosen)) return chosen;
  const ranges = (acceptLanguage ?? '').slice(0, 200).split(',').map(rangeOf);
  const liked = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  return liked.map(({ language }) => language).find(isLanguage) ?? DEFAULT;
}

function rangeOf(text: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = text.trim().toLowerCase().split(';');
  const weight = parameters.map((parameter) => /^\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]);
  const quality = Number(weight.find((value) => value !== undefined) ?? 1);
  return { language: tag.split('-')[0] ?? '', quality };
}
