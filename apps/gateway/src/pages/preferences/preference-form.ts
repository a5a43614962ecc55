import {
  CHANNELS,
  formatAmount,
  NOTIFICATION_CATEGORIES,
  OFFERED_CURRENCIES,
  RATE_DIGESTS,
  type ChangePreferences,
  type ChannelMatrix,
  type ChannelName,
  type MinimumAmount,
  type NotificationType,
  type PreferencesView,
  type RateDigest,
  type Role,
} from '@kopeck/contracts';
import type { FieldFault } from '../components/field-fault.js';
import { isLanguage } from '../language/choose-language.js';
import { amountFaultWords } from '../language/amount-words.js';
import type { Formats } from '../language/formats.js';
import { readTypedAmount, type TypedAmount } from '../language/typed-amount.js';
import type { Words } from '../language/words.js';
import { shownCategories } from './shown-types.js';
import { isOfferedTimeZone } from './time-zones.js';
import { readTypedTimeOfDay } from './typed-time-of-day.js';

/** Fields of the form by name, as they are typed; a box that isn't ticked has none. */
export type TypedPreferences = Readonly<Record<string, string>>;

export type PreferenceChange = Omit<ChangePreferences, 'customerId' | 'revision'>;

/** What quiet hours begin with for who hasn't any. */
const USUAL_NIGHT = { from: '22:00', to: '08:00' };
export const TICKED = 'on';

export function boxOf(type: NotificationType, channel: ChannelName): string {
  return `on.${type}.${channel}`;
}

export function rateBoxOf(currency: string): string {
  return `rate.${currency}`;
}

export function minimumFieldOf(currency: string): string {
  return `minimum.${currency}`;
}

/** What is saved, as the form shows it. */
export function typedOf(view: PreferencesView): TypedPreferences {
  const { quietHours, channels, minimumAmounts } = view;
  const boxes = Object.entries(channels).flatMap(([type, names]) =>
    names.map((channel) => boxOf(type as NotificationType, channel)),
  );
  return {
    revision: view.revision,
    language: view.language,
    timeZone: view.timeZone,
    rateDigest: view.rateDigest,
    ...(quietHours && { quiet: TICKED }),
    quietFrom: (quietHours ?? USUAL_NIGHT).from,
    quietTo: (quietHours ?? USUAL_NIGHT).to,
    ...ticked([...boxes, ...view.rateCurrencies.map(rateBoxOf)]),
    ...Object.fromEntries(
      minimumAmounts.map((minimum) => [minimumFieldOf(minimum.currency), textOf(minimum)]),
    ),
  };
}

function ticked(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, TICKED]));
}

/** Ungrouped: a field shows what can be typed into it. */
function textOf({ currency, amountMinor }: MinimumAmount): string {
  return formatAmount(BigInt(amountMinor), currency);
}

export type ReadPreferences =
  { readonly change: PreferenceChange } | { readonly faults: readonly FieldFault[] };

/**
 * @param saved what the form was made of: rows that it doesn't show stay as they are.
 */
export function readPreferences(
  typed: TypedPreferences,
  saved: PreferencesView,
  role: Role,
  { words, formats }: { readonly words: Words; readonly formats: Formats },
): ReadPreferences {
  // Operators' form has nothing about money.
  const ofMoney = role === 'customer' ? typed : typedOf(saved);
  const channels = channelsOf(typed, saved, role);
  const quiet = quietHoursOf(typed, words);
  const minimums = minimumsOf(ofMoney, saved, words, formats);
  const { language, timeZone } = typed;
  const { rateDigest } = ofMoney;
  const faults: FieldFault[] = [
    ...securityFaults(channels, words),
    ...quiet.faults,
    ...faultUnless(
      isOfferedTimeZone(timeZone ?? '') || timeZone === saved.timeZone,
      'timeZone',
      words.preferences.quiet.timeZoneWrong,
    ),
    ...faultUnless(isDigest(rateDigest), 'rateDigest', words.preferences.rates.digestWrong),
    ...minimums.faults,
    ...faultUnless(isLanguage(language), 'language', words.preferences.language.wrong),
  ];
  if (faults.length > 0 || !isLanguage(language) || !isDigest(rateDigest)) return { faults };
  const change = {
    language,
    timeZone: timeZone!,
    quietHours: quiet.hours,
    channels,
    rateDigest,
    rateCurrencies: OFFERED_CURRENCIES.filter((currency) => ofMoney[rateBoxOf(currency)] === TICKED),
    minimumAmounts: minimums.amounts,
  };
  return { change };
}

function channelsOf(typed: TypedPreferences, saved: PreferencesView, role: Role): ChannelMatrix {
  const shown = shownCategories(role).flatMap(({ types }) => types);
  const chosen = shown.map((type) => [
    type,
    CHANNELS.filter((channel) => typed[boxOf(type, channel)] === TICKED),
  ]);
  return { ...saved.channels, ...(Object.fromEntries(chosen) as Partial<ChannelMatrix>) };
}

/** Whoever takes over an account must not be able to take away every place where its owner would hear of it. */
function securityFaults(channels: ChannelMatrix, words: Words): FieldFault[] {
  const { securityMissing } = words.preferences.matrix;
  return NOTIFICATION_CATEGORIES.security
    .filter((type) => channels[type].length === 0)
    .map((type) => ({
      field: boxOf(type, CHANNELS[0]),
      text: securityMissing(words.notifications.types[type]),
    }));
}

function quietHoursOf(
  { quiet, quietFrom = '', quietTo = '' }: TypedPreferences,
  words: Words,
): { readonly hours: PreferencesView['quietHours']; readonly faults: readonly FieldFault[] } {
  if (quiet !== TICKED) return { hours: null, faults: [] };
  const { timeWrong, same, ...labels } = words.preferences.quiet;
  const [from, to] = [readTypedTimeOfDay(quietFrom), readTypedTimeOfDay(quietTo)];
  const faults = [
    ...faultUnless(from !== undefined, 'quietFrom', `${labels.from}: ${timeWrong}`),
    ...faultUnless(to !== undefined, 'quietTo', `${labels.to}: ${timeWrong}`),
    ...faultUnless(from === undefined || from !== to, 'quietTo', same),
  ];
  return { hours: from !== undefined && to !== undefined ? { from, to } : null, faults };
}

function minimumsOf(
  typed: TypedPreferences,
  saved: PreferencesView,
  words: Words,
  formats: Formats,
): { readonly amounts: MinimumAmount[]; readonly faults: readonly FieldFault[] } {
  const amounts: MinimumAmount[] = [];
  const faults: FieldFault[] = [];
  for (const currency of OFFERED_CURRENCIES) {
    const field = minimumFieldOf(currency);
    const text = typed[field] ?? '';
    const read = savedOr(text, currency, saved) ?? readTypedAmount(text, currency);
    if (read.ok) amounts.push({ currency, amountMinor: String(read.amountMinor) });
    // Nothing and zero say the same here: no limit.
    else if (read.fault !== 'missing' && read.fault !== 'zero')
      faults.push({
        field,
        text: `${currency}: ${amountFaultWords(read.fault, text, currency, { words, formats })}`,
      });
  }
  return { amounts, faults };
}

/** An amount that nobody touched, which by the rules for typed ones could be read in two ways: `12.500` dinars. */
function savedOr(text: string, currency: string, saved: PreferencesView): TypedAmount | undefined {
  const minimum = saved.minimumAmounts.find((one) => one.currency === currency);
  if (!minimum || textOf(minimum) !== text) return undefined;
  return { ok: true, amountMinor: BigInt(minimum.amountMinor) };
}

function isDigest(value: string | undefined): value is RateDigest {
  return RATE_DIGESTS.includes(value as RateDigest);
}

function faultUnless(isRight: boolean, field: string, text: string): FieldFault[] {
  return isRight ? [] : [{ field, text }];
}
