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

/** In place of axe-core's half a megabyte, where a page has it by now. */
const IS_THERE = 'undefined';

/** The page that is shown, as wide and narrow, light and dark: axe-core finds nothing, and nothing sticks out sideways. */
export async function expectAccessible(person: Person): Promise<void> {
  const { page } = person;
  const faults: string[] = [];
  for (const [index, { viewport, colorScheme, rules }] of LOOKS.entries()) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const found = await violationsOf(person, rules, index > 0);
    const look = `${viewport.width} px, ${colorScheme}`;
    for (const fault of [...found, ...(await sticksOut(person))]) faults.push(`${look}: ${fault}`);
  }
  if (faults.length > 0) throw new Error(`${person.path}\n${faults.join('\n')}`);
  person.faults.expectNone();
}

async function violationsOf(
  { page }: Person,
  rules: readonly string[] | undefined,
  isThere: boolean,
): Promise<string[]> {
  // No page has frames: so axe-core needs no window of its own to put together what it found.
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: IS_THERE }) }).setLegacyMode();
  axe.options({ resultTypes: ['violations'] });
  if (rules) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Elements beyond the right edge, where the page can be scrolled sideways. */
function sticksOut({ page }: Person): Promise<string[]> {
  return page.evaluate(() => {
    const { document, innerWidth } = globalThis as any;
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const all: any[] = [...document.body.querySelectorAll('*')];
    const wide = all.filter((element) => element.getBoundingClientRect().right > innerWidth);
    const names = wide.map(({ tagName, className }) => `<${tagName.toLowerCase()} class="${className}">`);
    const last = names.length > 0 ? names.slice(-3) : ['something'];
    return last.map((name) => `${name} is wider than the page`);
  });
}
