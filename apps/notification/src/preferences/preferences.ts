import {
  CHANNELS,
  DEFAULT_CHANNELS,
  NOTIFICATION_CATEGORIES,
  NOTIFICATION_TYPES,
  refusal,
  type ChangePreferences,
  type ChannelMatrix,
  type Language,
  type PreferencesView,
  type Refusal,
} from '@kopeck/contracts';
import { isTimeZone } from './wall-clock.js';

/** What somebody chose, or what holds for them as long as they choose nothing. */
export type Preferences = Omit<PreferencesView, 'revision'>;

const DEFAULT_TIME_ZONES: Readonly<Record<Language, string>> = { en: 'UTC', ru: 'Europe/Moscow' };

export function defaultPreferences(language: Language): Preferences {
  return {
    language,
    timeZone: DEFAULT_TIME_ZONES[language],
    quietHours: null,
    channels: DEFAULT_CHANNELS,
    rateDigest: 'immediate',
    rateCurrencies: [],
    minimumAmounts: [],
  };
}

/**
 * @param chosen as it's stored; null where nobody chose.
 * @param language of the person; null where they haven't been announced yet.
 */
export function preferencesOf(chosen: Preferences | null, language: Language | null): Preferences {
  const defaults = defaultPreferences(chosen?.language ?? language ?? 'en');
  if (!chosen) return defaults;
  // A type that came later than the choice has its default channels.
  return { ...defaults, ...chosen, channels: { ...DEFAULT_CHANNELS, ...chosen.channels } };
}

/** What is stored of a change that has no fault: rows and columns in one order, nothing else that came along. */
export function chosenOf(change: ChangePreferences): Preferences {
  const { language, timeZone, quietHours, channels, rateDigest, rateCurrencies, minimumAmounts } = change;
  return {
    language,
    timeZone,
    quietHours: quietHours ? { from: quietHours.from, to: quietHours.to } : null,
    channels: Object.fromEntries(
      NOTIFICATION_TYPES.map((type) => [
        type,
        CHANNELS.filter((channel) => channels[type].includes(channel)),
      ]),
    ) as unknown as ChannelMatrix,
    rateDigest,
    rateCurrencies: [...rateCurrencies],
    minimumAmounts: minimumAmounts.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
  };
}

/** What is wrong with a change, where that takes more than the rules of its fields. */
export function faultOf({ timeZone, quietHours, channels }: ChangePreferences): Refusal | null {
  if (!isTimeZone(timeZone)) return fault('/timeZone', 'Name a time zone such as Europe/Moscow.');
  if (quietHours && quietHours.from === quietHours.to) {
    return fault('/quietHours/to', 'Quiet hours must end at another time than they begin.');
  }
  return faultOfMatrix(channels as Readonly<Record<string, unknown>>);
}

function faultOfMatrix(channels: Readonly<Record<string, unknown>>): Refusal | null {
  const unknown = Object.keys(channels).find((type) => !(NOTIFICATION_TYPES as string[]).includes(type));
  if (unknown !== undefined) {
    return fault(pointerOf(unknown), `There is no such type. Types are ${NOTIFICATION_TYPES.join(', ')}.`);
  }
  for (const type of NOTIFICATION_TYPES) {
    const found = faultOfRow(type, channels[type]);
    if (found) return found;
  }
  return null;
}

const SECURITY_TYPES: readonly string[] = NOTIFICATION_CATEGORIES.security;

function faultOfRow(type: string, row: unknown): Refusal | null {
  const pointer = pointerOf(type);
  if (!Array.isArray(row)) return fault(pointer, `List the channels of ${type}; none is an empty list.`);
  const strange = row.findIndex((channel) => !(CHANNELS as readonly unknown[]).includes(channel));
  if (strange !== -1) {
    return fault(`${pointer}/${strange}`, `There is no such channel. Channels are ${CHANNELS.join(', ')}.`);
  }
  if (new Set(row).size !== row.length) return fault(pointer, 'Name each channel once.');
  if (row.length === 0 && SECURITY_TYPES.includes(type)) {
    return fault(
      pointer,
      `Keep at least one channel for ${type}: it tells you when somebody else is at your account.`,
    );
  }
  return null;
}

function fault(pointer: string, detail: string): Refusal {
  return refusal('validation_failed', detail, { pointer });
}

/** RFC 6901; names that are no types are cut, since they come back to whoever sent them. */
function pointerOf(type: string): string {
  return `/channels/${type.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
