import { zoneGroups, isOfferedTimeZone } from './time-zones.js';
import { WORDS } from '../language/catalogues.js';

describe('time zones to choose from', () => {
  const ru = zoneGroups(WORDS.ru.preferences.places, 'ru-RU');

  it('are all there once, in a part of the world that has a name in both languages', () => {
    const names = ru.flatMap(({ zones }) => zones.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(400);
    expect(names.every(isOfferedTimeZone)).toBe(true);
    for (const { region } of ru)
      for (const { preferences } of Object.values(WORDS)) expect(preferences.region).toHaveProperty(region);
  });

  it('bear the names that people know, sorted by them', () => {
    const places = ru.find(({ region }) => region === 'Europe')!.zones.map(({ place }) => place);
    expect(places).toContain('Москва');
    expect(places).toEqual([...places].sort(new Intl.Collator('ru-RU').compare));
    const america = zoneGroups({}, 'en-GB').find(({ region }) => region === 'America')!;
    expect(america.zones.map(({ place }) => place)).toContain('Argentina, San Juan');
  });

  it('begin with UTC, and keep one that is no longer listed', () => {
    expect(zoneGroups({}, 'en-GB', 'Etc/GMT-3')[0]).toMatchObject({
      region: 'other',
      zones: [{ name: 'UTC' }],
    });
    const etc = zoneGroups({}, 'en-GB', 'Etc/GMT-3').find(({ region }) => region === 'Etc');
    expect(etc?.zones).toEqual([{ name: 'Etc/GMT-3', place: 'GMT-3' }]);
  });

  it('name no place in Russian that is no zone', () => {
    expect(Object.keys(WORDS.ru.preferences.places).filter((name) => !isOfferedTimeZone(name))).toEqual([]);
  });
});
