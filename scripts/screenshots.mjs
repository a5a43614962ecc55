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
 *
 * @typedef {Parameters<import('playwright-core').BrowserContext['addCookies']>[0]} Cookies
 */

/** @type {readonly Picture[]} */
const PICTURES = [
  { name: 'overview', who: 'customer', at: '/' },
  { name: 'overview-dark', who: 'customer', at: '/', colours: 'dark' },
  { name: 'overview-narrow-ru', who: 'customer', at: '/', language: 'ru', size: NARROW },
  { name: 'send', who: 'customer', at: sendToBoris },
  { name: 'price-narrow-dark', who: 'customer', at: askForPrice, colours: 'dark', size: NARROW },
  { name: 'notifications', who: 'customer', at: '/notifications' },
  { name: 'services', who: 'operator', at: '/operator/services' },
];

const system = new OwnSystem();
/** @type {import('playwright-core').Browser | undefined} */
let browser;
/** Whoever has signed in once: each sign-in would be one more notification. @type {Map<Picture['who'], Cookies>} */
const signedIn = new Map();
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
  const cookies = signedIn.get(who);
  if (cookies) await context.addCookies(cookies);
  else await signIn(page, who);
  signedIn.set(who, await context.cookies());
  await page.goto('/profile');
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

/** At the page's foot. @param {Page} page @param {'en' | 'ru'} language */
async function choose(page, language) {
  const button = page.locator(`button[name=language][value=${language}]`);
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()]);
}

/** As if Anna paid once more for what she has paid for before. @param {Page} page */
async function sendToBoris(page) {
  await page.goto('/');
  const row = await page.getByRole('row', { name: 'Concert ticket' }).innerText();
  const [number = ''] = /QP\d\d(?:\s[\dA-Z]{4}){4}/.exec(row) ?? [];
  await page.goto('/send');
  await pick(page, 'From', 'Holidays');
  await page.getByLabel("Recipient's account number").fill(number);
  await page.getByLabel('Amount').fill('24.90');
  await page.getByLabel('Reference for the recipient').fill('Concert ticket');
}

/** @param {Page} page */
async function askForPrice(page) {
  await page.goto('/convert');
  await pick(page, 'From', 'Holidays');
  await pick(page, 'To', 'Everyday');
  await page.getByLabel('Amount', { exact: true }).fill('250');
  const button = page.getByRole('button', { name: 'See the price' });
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()]);
}

/** @param {Page} page @param {string} label @param {string} words some of what the choice says */
async function pick(page, label, words) {
  const field = page.getByLabel(label, { exact: true });
  await field.selectOption(await field.locator('option', { hasText: words }).getAttribute('value'));
}

try {
  await takeAll();
  await cleanUp();
  process.exit(0);
} catch (error) {
  await cleanUp();
  fail(error);
}
