import { AxeBuilder } from '@axe-core/playwright';
import { NARROW, WIDE } from './browser.js';
import type { Person } from './person.js';

interface Look {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
  /** Rules that tell such a look from the ones before; all of them when left out. */
  readonly rules?: readonly string[];
}

/**
 * Without loading the page again. What axe-core says of a page's structure hangs on its width, and what it says of colours on
 * both; so two of the four are looked at for contrast only.
 */
const LOOKS: readonly Look[] = [
  { viewport: WIDE, colorScheme: 'light' },
  { viewport: WIDE, colorScheme: 'dark', rules: ['color-contrast'] },
  { viewport: NARROW, colorScheme: 'dark' },
  { viewport: NARROW, colorScheme: 'light', rules: ['color-contrast'] },
];

/** The page that is shown, as wide and narrow, light and dark: axe-core finds nothing, and nothing sticks out sideways. */
export async function expectAccessible(person: Person): Promise<void> {
  const { page } = person;
  const faults: string[] = [];
  for (const { viewport, colorScheme, rules } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    // No frames: so axe-core needs no window of its own to gather what it found.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
    const look = `${viewport.width} px, ${colorScheme}`;
    for (const { id, help, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        faults.push(`${look}: ${id} (${help}) at ${target.join(' ')}: ${failureSummary}`);
    for (const element of await sticksOut(person)) faults.push(`${look}: ${element} is wider than the page`);
  }
  if (faults.length > 0) throw new Error(`${person.path}\n${faults.join('\n')}`);
  person.faults.expectNone();
}

/** Elements beyond the right edge, where the page can be scrolled sideways. */
function sticksOut({ page }: Person): Promise<string[]> {
  return page.evaluate(() => {
    const { document, innerWidth } = globalThis as any;
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const all: any[] = [...document.body.querySelectorAll('*')];
    const wide = all.filter((element) => element.getBoundingClientRect().right > innerWidth);
    const names = wide.map(({ tagName, className }) => `<${tagName.toLowerCase()} class="${className}">`);
    return names.length > 0 ? names.slice(-3) : ['something'];
  });
}
