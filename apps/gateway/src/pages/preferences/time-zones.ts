/** Zones of one part of the world. */
export interface ZoneGroup {
  /** First part of their names; `other` for those that have only one. */
  readonly region: string;
  readonly zones: readonly { readonly name: string; readonly place: string }[];
}

const EVERYWHERE = 'UTC';
/** Names this runtime knows; UTC, which people choose, isn't listed by every one. */
const NAMES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('timeZone'), EVERYWHERE]);

export function isOfferedTimeZone(name: string): boolean {
  return NAMES.has(name);
}

/**
 * All time zones by part of the world, each part by the alphabet.
 *
 * @param places how people call a place where it isn't as its zone's name says.
 * @param also one that somebody has and that is no longer listed, an old name perhaps.
 */
export function zoneGroups(
  places: Readonly<Record<string, string>>,
  locale: string,
  also?: string,
): ZoneGroup[] {
  const names = also === undefined || NAMES.has(also) ? NAMES : new Set([...NAMES, also]);
  const groups = new Map<string, { name: string; place: string }[]>();
  for (const name of names) {
    const slash = name.indexOf('/');
    const region = slash < 0 ? 'other' : name.slice(0, slash);
    const group = groups.get(region) ?? [];
    groups.set(region, group);
    group.push({ name, place: places[name] ?? placeOf(name.slice(slash + 1)) });
  }
  const order = new Intl.Collator(locale);
  return [...groups]
    .map(([region, zones]) => ({
      region,
      zones: zones.sort((a, b) => order.compare(a.place, b.place)),
    }))
    .sort((a, b) => Number(b.region === 'other') - Number(a.region === 'other'));
}

/** `Argentina/San_Juan` as `Argentina, San Juan`. */
function placeOf(name: string): string {
  return name.replaceAll('/', ', ').replaceAll('_', ' ');
}
