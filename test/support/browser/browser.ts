import type { Language } from '@kopeck/contracts';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../../scripts/browser/chromium.mjs';
import { Person } from './person.js';

/** Longer than any page takes that comes at all, on a machine that does other things as well. */
const GIVE_UP_AFTER_MS = 20_000;

export const WIDE = { width: 1280, height: 900 };
/** The narrowest that pages are made for: a page of 1280 px, four times as large. */
export const NARROW = { width: 320, height: 640 };

export interface VisitOptions {
  readonly language?: Language;
  /** False: a browser that runs no script. */
  readonly javaScript?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** One browser of a suite, with an empty profile that goes with it; each person has cookies of their own. */
export class TestBrowser {
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    private readonly browser: Browser,
    /** Of the bank's gateway, without a slash at the end. */
    private readonly url: string,
  ) {}

  /** @throws a sentence that says what to install where there is no browser. */
  static async start(url: string): Promise<TestBrowser> {
    const executablePath = findChromium();
    return new TestBrowser(await chromium.launch({ executablePath, args: CHROMIUM_ARGS }), url);
  }

  /** Somebody who has never been here, in a window of their own. */
  async newPerson(options: VisitOptions = {}): Promise<Person> {
    const { language = 'en', javaScript = true, viewport = WIDE } = options;
    const context = await this.browser.newContext({
      baseURL: this.url,
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
      javaScriptEnabled: javaScript,
      viewport,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(GIVE_UP_AFTER_MS);
    this.contexts.push(context);
    return Person.arrive(context, this.url, language);
  }

  /** Ends all visits of a test: what one test opened shall not be in the next one's way. */
  async closeVisits(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  async stop(): Promise<void> {
    await this.browser.close();
  }
}
