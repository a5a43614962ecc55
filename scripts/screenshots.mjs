/**
 * `npm run screenshots`: pictures of the pages for the README, in docs/screenshots/, of a system of its own with the demo
 * data. Same sizes, same words, same amounts each time; times of day differ.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from './browser/chromium.mjs';
import { OwnSystem } from './browser/own-system.mjs';
import { ROOT } from './paths.mjs';
import { fail } from './plain-error.mjs';
import { DEMO_CUSTOMERS, DEMO_PASSWORD } from './seed/demo-data.mjs';
import { seed } from './seed.mjs';
import { onStarterGone } from './start/starter.mjs';

const DIRECTORY = join(ROOT, 'docs', 'screenshots');
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };
const [ANNA] = DEMO_CUSTOMERS;

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Picture
 * @property {string} name of the file, without its ending
 * @property {'customer' | 'operator'} who
 * @property {string | ((page: Page) => Promise<unknown>)} at an address, or how one gets there
 * @property {'en' | 'ru'} [language]
 * @property {'light' | 'dark'} [colours]
 * @property {{ width: number, height: number }} [size]
 */

/** @type {readonly Picture[]} */
const PICTURES = [
  { name: 'overview', who: 'customer', at: '/' },
  { name: 'overview-dark', who: 'customer', at: '/', colours: 'dark' },
  { name: 'overview-narrow-ru', who: 'customer', at: '/', language: 'ru', size: NARROW },
  { name: 'send', who: 'customer', at: sendToBoris },
  { name: 'account', who: 'customer', at: goToFirstAccount },
  { name: 'rates-narrow-dark', who: 'customer', at: '/rates/EUR/RUB', colours: 'dark', size: NARROW },
  { name: 'services', who: 'operator', at: '/operator/services' },
];

const system = new OwnSystem();
/** @type {import('playwright-core').Browser | undefined} */
let browser;
/** @type {Promise<void> | undefined} a signal and what it breaks off clean up together */
let cleaning;

function cleanUp() {
  cleaning ??= (async () => {
    await browser?.close();
    await system.stop();
  })();
  return cleaning;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, stop);
onStarterGone(stop);

function stop() {
  void cleanUp().then(() => process.exit(130));
}

async function takeAll() {
  // Before anything is started: without a browser there is nothing to do.
  const executablePath = findChromium();
  const say = (/** @type {string} */ line) => console.log(line);
  await system.start(say);
  say('demo data');
  await seed({ url: system.url, environment: system.environment });
  browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS, handleSIGINT: false });
  mkdirSync(DIRECTORY, { recursive: true });
  for (const picture of PICTURES) {
    await take(browser, picture);
    say(`docs/screenshots/${picture.name}.png`);
  }
}

/**
 * @param {import('playwright-core').Browser} window
 * @param {Picture} picture
 */
async function take(window, { name, who, at, language = 'en', colours = 'light', size = WIDE }) {
  const context = await window.newContext({
    baseURL: system.url,
    viewport: size,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    colorScheme: colours,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await signIn(page, who);
  await choose(page, language);
  if (typeof at === 'string') await page.goto(at);
  else await at(page);
  await page.evaluate('document.fonts.ready');
  await page.screenshot({ path: join(DIRECTORY, `${name}.png`), animations: 'disabled', caret: 'hide' });
  await context.close();
}

/** @param {Page} page @param {Picture['who']} who */
async function signIn(page, who) {
  const { OPERATOR_EMAIL = '', OPERATOR_PASSWORD = '' } = system.environment;
  const isOperator = who === 'operator';
  await page.goto('/sign-in');
  await page.locator('[name=email]').fill(isOperator ? OPERATOR_EMAIL : ANNA.email);
  await page.locator('[name=password]').fill(isOperator ? OPERATOR_PASSWORD : DEMO_PASSWORD);
  await Promise.all([page.waitForURL(/\/(operator\/services)?$/), page.keyboard.press('Enter')]);
}

/** At the pages' foot. @param {Page} page @param {'en' | 'ru'} language */
async function choose(page, language) {
  const button = page.locator(`button[name=language][value=${language}]`);
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()]);
}

/** The page on which a transfer is checked, with Boris's number from his last transfer. @param {Page} page */
async function sendToBoris(page) {
  await page.goto('/');
  const text = await page.getByRole('main').innerText();
  const [number = ''] = /QP\d\d(?:\s[\dA-Z]{4}){4}/.exec(text.split('Latest')[1] ?? '') ?? [];
  await page.goto('/send');
  await page.getByLabel('From').selectOption({ label: await optionOf(page, 'Holidays') });
  await page.getByLabel("Recipient's account number").fill(number);
  await page.getByLabel('Amount').fill('24.90');
  await page.getByLabel('Reference for the recipient').fill('Concert ticket');
}

/** @param {Page} page @param {string} words some of what the choice says */
async function optionOf(page, words) {
  return (await page.locator('option', { hasText: words }).first().innerText()).trim();
}

/** @param {Page} page */
async function goToFirstAccount(page) {
  await page.goto('/accounts');
  const first = page.getByRole('main').locator('a[href^="/accounts/"]:not([href$="/new"])').first();
  await Promise.all([page.waitForEvent('domcontentloaded'), first.click()]);
}

try {
  await takeAll();
  await cleanUp();
  process.exit(0);
} catch (error) {
  await cleanUp();
  fail(error);
}
