import type { Language } from '@kopeck/contracts';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { WORDS } from '../../../apps/gateway/src/pages/language/catalogues.js';
import { Formats } from '../../../apps/gateway/src/pages/language/formats.js';
import type { Words } from '../../../apps/gateway/src/pages/language/words.js';
import { eventually } from '../eventually.js';
import { PageFaults } from './page-faults.js';

/** In which the pages of the tests tell the time: the setting's own default. */
const TIME_ZONE = 'UTC';

/** Somebody in front of a browser: finds things by what is written on them, in their own language. */
export class Person {
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    /** Of the bank, without a slash at the end. */
    readonly url: string,
    readonly language: Language,
    readonly faults: PageFaults,
  ) {}

  static async arrive(context: BrowserContext, url: string, language: Language): Promise<Person> {
    const faults = await PageFaults.watch(context, url);
    return new Person(context, await context.newPage(), url, language, faults);
  }

  /** The same person at another tab, with the same cookies. */
  async newTab(): Promise<Person> {
    return new Person(this.context, await this.context.newPage(), this.url, this.language, this.faults);
  }

  get words(): Words {
    return WORDS[this.language];
  }

  get formats(): Formats {
    return new Formats(this.language, TIME_ZONE);
  }

  /** What the address line says behind the bank's name. */
  get path(): string {
    return this.page.url().slice(this.url.length);
  }

  /** @returns the page's status. */
  async open(path: string): Promise<number> {
    const response = await this.page.goto(path, { waitUntil: 'domcontentloaded' });
    return response?.status() ?? 0;
  }

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** @param fields what is written beside each, and what is typed. */
  async type(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.field(label).fill(value);
  }

  /** @param words some of what the choice says. */
  async choose(label: string, words: string): Promise<void> {
    const value = await this.field(label).locator('option', { hasText: words }).getAttribute('value');
    await this.field(label).selectOption(value);
  }

  /** Sends a form, and waits for the page that comes of it. */
  press(name: string): Promise<void> {
    return this.comeTo(() => this.button(name).click());
  }

  follow(name: string): Promise<void> {
    return this.comeTo(() => this.link(name).first().click());
  }

  /** Does what brings another page, and waits until that is there. */
  async comeTo(act: () => Promise<unknown>): Promise<void> {
    const arrived = this.page.waitForEvent('domcontentloaded');
    await Promise.all([act(), arrived]);
  }

  async heading(): Promise<string> {
    return (await this.page.getByRole('heading', { level: 1 }).innerText()).trim();
  }

  /** What can be read on the page, in single blanks. */
  async text(): Promise<string> {
    return blanksOf(await this.page.getByRole('main').innerText());
  }

  /** Waits until the page says so. */
  async sees(...sentences: readonly (string | RegExp)[]): Promise<void> {
    await eventually(async () => {
      const text = await this.text();
      for (const sentence of sentences) {
        if (typeof sentence === 'string') expect(text).toContain(blanksOf(sentence));
        else expect(text).toMatch(sentence);
      }
    });
  }

  /** `1,234.50 EUR` as this person reads it. */
  amount(amount: string, currency: string): string {
    return this.formats.amount({ amount, currency });
  }
}

/** Non-breaking blanks are blanks to who reads. */
export function blanksOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
