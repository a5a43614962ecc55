import type { Language } from '@kopeck/contracts';

const RULES: Readonly<Record<Language, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  ru: new Intl.PluralRules('ru'),
};

/** The forms a language has; Russian's `other` is for fractions, which nothing here counts. */
export interface Forms {
  readonly en: { readonly one: string; readonly other: string };
  readonly ru: { readonly one: string; readonly few: string; readonly many: string };
}

/** The right form for a number: 1 запись, 2 записи, 5 записей. */
export function plural<L extends Language>(language: L, count: number, forms: Forms[L]): string {
  const byRule = forms as Partial<Record<Intl.LDMLPluralRule, string>>;
  return byRule[RULES[language].select(count)] ?? byRule.many ?? byRule.other ?? '';
}
