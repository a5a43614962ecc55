import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext } from 'playwright-core';
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

/** The smaller of axe-core's two files: a page that is new reads all of it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** In its place, where a page has it by now. */
const IS_THERE = 'undefined';

/**
 * Each page of this window has axe-core from its first byte on, which is sent to the browser once instead of with each page.
 * For those who look at nearly every page that they open.
 */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: AXE });
}

/** The page that is shown, as wide and narrow, light and dark: axe-core finds nothing, and nothing sticks out sideways. */
export async function expectAccessible(person: Person): Promise<void> {
  const { page } = person;
  const faults: string[] = [];
  if (!(await hasAxe(person))) await page.evaluate(AXE);
  for (const { viewport, colorScheme, rules } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const found = await violationsOf(person, rules);
    const look = `${viewport.width} px, ${colorScheme}`;
    for (const fault of [...found, ...(await sticksOut(person))]) faults.push(`${look}: ${fault}`);
  }
  if (faults.length > 0) throw new Error(`${person.path}\n${faults.join('\n')}`);
  person.faults.expectNone();
}

function hasAxe({ page }: Person): Promise<boolean> {
  return page.evaluate(() => 'axe' in globalThis);
}

async function violationsOf({ page }: Person, rules: readonly string[] | undefined): Promise<string[]> {
  // No page has frames: so axe-core needs no window of its own to put together what it found.
  const axe = new AxeBuilder({ page, axeSource: IS_THERE }).setLegacyMode();
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
