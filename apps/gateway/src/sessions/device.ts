/** Families by their marks in a User-Agent; the first that fits wins, because most browsers also name the others. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPiOS|Opera)\//, 'Opera'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/\bVersion\/\S+ (Mobile\/\S+ )?Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Longer ones are looked at up to here: no browser needs more to say what it is. */
const MAX_LENGTH = 512;

/**
 * A name that a person knows their device by, `Firefox on Windows`: families only, since versions change by themselves.
 * It says what the client says of itself, so it's a help for the owner's memory and nothing to decide by.
 *
 * @returns undefined where neither browser nor system is known.
 */
export function deviceOf(userAgent: string | undefined): string | undefined {
  const text = (userAgent ?? '').slice(0, MAX_LENGTH);
  const [browser, system] = [familyOf(text, BROWSERS), familyOf(text, SYSTEMS)];
  return browser && system ? `${browser} on ${system}` : (browser ?? system);
}

function familyOf(text: string, families: typeof BROWSERS): string | undefined {
  return families.find(([mark]) => mark.test(text))?.[1];
}
