import { jest } from '@jest/globals';
import {
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  transferBody,
  type Account,
  type BankClient,
} from '../support/bank-client.js';
import { expectAccessible } from '../support/browser/accessibility.js';
import { TestBrowser, type VisitOptions } from '../support/browser/browser.js';
import { comeSignedIn, wishTransfer } from '../support/browser/customer.js';
import type { Person } from '../support/browser/person.js';
import { eventually } from '../support/eventually.js';
import { startSystem, type RunningSystem } from '../support/system.js';

// Services are killed and come back meanwhile.
jest.setTimeout(120_000);

/** From the ledger's decision to an open page. */
const SHOWN_WITHIN_MS = 2_000;
/** A heartbeat that is missed, and one look at the board. */
const DOWN_WITHIN_MS = 15_000;
/** A consumer that was killed holds its partitions for one session timeout (10 s); the rest is room on a slow machine. */
const BACK_WITHIN_MS = 45_000;

describe('an open page', () => {
  let system: RunningSystem;
  let browser: TestBrowser;
  let operator: BankClient;
  let anna: BankClient;
  let annas: Account;
  let boris: BankClient;
  let boriss: Account;
  let person: Person;

  beforeAll(async () => {
    system = await startSystem();
    browser = await TestBrowser.start(system.url);
    operator = await signIn(system.url, system.operator.email, system.operator.password);
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
    await system?.leave();
  }, 60_000);

  beforeEach(async () => {
    [anna, boris] = await Promise.all([newCustomer(system.url, 'Anna'), newCustomer(system.url, 'Boris')]);
    [annas, boriss] = await Promise.all([
      fundedAccount(anna, operator, 'EUR', '100.00'),
      fundedAccount(boris, operator, 'EUR', '50.00'),
    ]);
  }, 30_000);

  afterEach(async () => {
    person.faults.expectNone();
    await browser.closeVisits();
  });

  async function sitDown(client: BankClient, options: VisitOptions = {}): Promise<void> {
    person = await browser.newPerson(options);
    await comeSignedIn(person, client);
  }

  it('of a customer shows a transfer that another client made', async () => {
    await sitDown(boris);
    const listening = person.page.waitForResponse((response) => response.url().endsWith('/stream'));
    await person.open('/');
    await person.sees(person.amount('50.00', 'EUR'));
    await listening;
    const body = { ...transferBody(annas, boriss, '12.30'), reference: 'за обед' };
    expected(201, await anna.transfer(body));
    const startedAtMs = Date.now();
    await person.sees(person.amount('62.30', 'EUR'), 'за обед');
    expect(Date.now() - startedAtMs).toBeLessThan(SHOWN_WITHIN_MS);
    await expectAccessible(person);
  });

  it('of somebody who has read on another device has nothing unread any more', async () => {
    expected(201, await anna.transfer(transferBody(annas, boriss, '1.00')));
    await sitDown(boris);
    const listening = person.page.waitForResponse((response) => response.url().endsWith('/stream'));
    await person.open('/');
    await listening;
    const unread = person.page.locator('[data-unread]').first();
    await eventually(async () => expect(Number(await unread.innerText())).toBeGreaterThan(0));
    expect(expected(200, await boris.send('POST', '/notifications/read', { body: {} })).unreadCount).toBe(0);
    await eventually(async () => expect(await unread.isVisible()).toBe(false), {
      withinMs: SHOWN_WITHIN_MS,
    });
    await person.open('/profile');
    expect(await unread.isVisible()).toBe(false);
  });

  it('of somebody whose unread notifications nobody could count says how many, once they are', async () => {
    expected(201, await anna.transfer(transferBody(annas, boriss, '1.00')));
    await sitDown(boris);
    const unread = person.page.locator('[data-unread]').first();
    system.signal('notification', 'SIGSTOP');
    try {
      await person.open('/profile');
      expect(await unread.isVisible()).toBe(false);
    } finally {
      system.signal('notification', 'SIGCONT');
    }
    await eventually(async () => expect(Number(await unread.innerText())).toBeGreaterThan(0));
    expect(await unread.isVisible()).toBe(true);
  });

  it('of the inbox lists what came, and what was read on another device as read', async () => {
    await sitDown(boris);
    const listening = person.page.waitForResponse((response) => response.url().endsWith('/stream'));
    await person.open('/notifications');
    await listening;
    const { notifications } = person.words;
    const first = person.page.locator('.record').first();
    expected(201, await anna.transfer({ ...transferBody(annas, boriss, '7.00'), reference: 'за кино' }));
    await eventually(async () => expect(await first.innerText()).toContain('за кино'), {
      withinMs: SHOWN_WITHIN_MS,
    });
    expect(await first.innerText()).toContain(notifications.unread);
    await expectAccessible(person);
    expected(200, await boris.send('POST', '/notifications/read', { body: {} }));
    await eventually(() => person.sees(notifications.allRead), { withinMs: SHOWN_WITHIN_MS });
    expect(await first.innerText()).not.toContain(notifications.unread);
  });

  it.each([true, false])('says "on its way" until it is known, with JavaScript: %s', async (javaScript) => {
    await sitDown(anna, { javaScript });
    const { send, transfer } = person.words;
    await person.open('/send');
    await wishTransfer(person, { from: annas.name, to: boriss.number, amount: '12.30' });
    await system.kill('transaction-manager');
    await person.press(send.action);
    expect(await person.heading()).toBe(transfer.titles.pending);
    await person.sees(transfer.statuses.pending, transfer.pendingText, person.amount('-12.30', 'EUR'));
    if (javaScript) await expectAccessible(person);
    await system.start('transaction-manager');
    await eventually(async () => expect(await person.heading()).toBe(transfer.titles.completed.out), {
      withinMs: BACK_WITHIN_MS,
    });
    expect(await anna.balanceOf(annas.id)).toBe('87.70');
    expect(await boris.balanceOf(boriss.id)).toBe('62.30');
  });

  it.each([true, false])('of the operator shows who is down, with JavaScript: %s', async (javaScript) => {
    await sitDown(operator, { javaScript });
    const { services } = person.words.operator;
    const row = person.page.getByRole('row', { name: /^customer/ });
    const shows = (status: string, withinMs: number) =>
      eventually(async () => expect(await row.innerText()).toContain(status), { withinMs });
    await person.open('/operator/services');
    await person.sees(services.allUp);
    await system.kill('customer');
    await shows(services.statuses.down, DOWN_WITHIN_MS);
    await person.sees(services.areDown('customer'));
    if (javaScript) await expectAccessible(person);
    await system.start('customer');
    await shows(services.statuses.up, DOWN_WITHIN_MS);
    await eventually(() => person.sees(services.allUp), { withinMs: DOWN_WITHIN_MS });
  });
});
