import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  accountNumberOf,
  isAccountNumber,
  isRefusal,
  OFFERED_CURRENCIES,
  SYSTEM_ACCOUNT_KINDS,
  systemAccountIdOf,
  type AccountState,
  type AccountView,
  type OpenAccount,
} from '@kopeck/contracts';
import { openDatabase } from '@kopeck/database';
import type { Outgoing, Producer } from '@kopeck/kafka';
import { LedgerSettings } from '../ledger.settings.js';
import { LedgerOnPostgresql, transfer } from '../testing/ledger-on-postgresql.js';
import { AccountSerials } from './account-serials.js';
import { AccountRepository } from './account.repository.js';
import { AnnounceAccountsService } from './announce-accounts.service.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { FreezeAccountService } from './freeze-account.service.js';
import { OpenAccountService } from './open-account.service.js';
import { ReadAccountsService } from './read-accounts.service.js';
import { RenameAccountService } from './rename-account.service.js';

/** A producer that keeps what it's given, or fails as a broker that is away. */
class RecordingProducer {
  readonly states: AccountState[] = [];
  fault: Error | undefined;

  async send(messages: Outgoing[]): Promise<void> {
    if (this.fault) throw this.fault;
    this.states.push(...messages.map(({ value }) => value as AccountState));
  }

  revisionsOf(accountId: string): string[] {
    return this.states.filter((state) => state.accountId === accountId).map(({ revision }) => revision);
  }
}

describe('accounts on PostgreSQL', () => {
  let ledger: LedgerOnPostgresql;
  let service: ReturnType<typeof replica>;
  /** Beside the service, in one test. */
  const otherAnnouncers: AnnounceAccountsService[] = [];

  /** One process's services. */
  function replica(database = ledger.database, serials = new AccountSerials()) {
    const settings = Object.assign(new LedgerSettings(), { ACCOUNTS_PER_CUSTOMER: 5 });
    const accounts = new AccountRepository(database);
    const producer = new RecordingProducer();
    const announcements = new AnnounceAccountsService(
      database,
      new AnnouncementRepository(database),
      producer as unknown as Producer,
      settings,
    );
    if (service) otherAnnouncers.push(announcements);
    return {
      producer,
      announcements,
      opening: new OpenAccountService(database, accounts, serials, announcements, settings),
      reading: new ReadAccountsService(accounts),
      renaming: new RenameAccountService(accounts, announcements),
      freezing: new FreezeAccountService(database, accounts, announcements),
    };
  }

  function opening(more: Partial<OpenAccount> = {}): OpenAccount {
    return { accountId: randomUUID(), customerId: randomUUID(), currency: 'EUR', name: 'Everyday', ...more };
  }

  async function open(more: Partial<OpenAccount> = {}): Promise<AccountView> {
    const view = await service.opening.open(opening(more));
    if (isRefusal(view)) throw new Error(view.detail);
    return view;
  }

  beforeAll(async () => {
    ledger = await LedgerOnPostgresql.create();
    service = replica();
  }, 30_000);

  /** What one has begun to announce by itself is not left to the next test, whose accounts it would announce. */
  afterEach(async () => {
    await Promise.all(
      otherAnnouncers.splice(0).map((announcements) => announcements.beforeApplicationShutdown()),
    );
  });

  afterAll(async () => {
    await service?.announcements.beforeApplicationShutdown();
    await ledger?.drop();
  });

  describe('open', () => {
    it('opens an empty, active account with a number of its own', async () => {
      const request = opening({ currency: 'JPY', name: 'Путешествие 🏝' });
      const view = (await service.opening.open(request)) as AccountView;
      expect(view).toEqual({
        ...request,
        number: expect.stringMatching(/^QP\d\dKPCK\d{12}$/),
        kind: 'customer',
        status: 'active',
        statusReason: null,
        balanceMinor: '0',
        version: '0',
        revision: '1',
        openedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      });
      expect(isAccountNumber(view.number)).toBe(true);
      expect(await service.reading.read(request.accountId, request.customerId)).toEqual(view);
      expect(await service.reading.find(view.number)).toEqual(view);
    });

    it('opens one account for one id, asked twenty times at once in two processes', async () => {
      const request = opening();
      const other = replica();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? other : service).opening.open(request)),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await service.reading.list(request.customerId)).toEqual([answers[0]]);
    });

    it('answers a repeat also after the account was renamed', async () => {
      const request = opening();
      await service.opening.open(request);
      const renamed = await service.renaming.rename({ ...request, name: 'Savings', revision: '1' });
      expect(await service.opening.open(request)).toEqual(renamed);
    });

    it.each<[string, Partial<OpenAccount>]>([
      ['another currency', { currency: 'USD' }],
      ['another name', { name: 'Savings' }],
      ['another customer', { customerId: randomUUID() }],
    ])('refuses an id that was used with %s', async (_what, change) => {
      const request = opening();
      await service.opening.open(request);
      const answer = await service.opening.open({ ...request, ...change });
      expect(answer).toMatchObject({ refused: true, code: 'idempotency_key_reused' });
    });

    it('gives one of two customers an id that both come with', async () => {
      const accountId = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => service.opening.open(opening({ accountId }))),
      );
      expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    });

    it('keeps the limit of accounts, also when all are opened at once', async () => {
      const customerId = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => service.opening.open(opening({ customerId }))),
      );
      const refusals = answers.filter(isRefusal);
      expect(refusals).toHaveLength(7);
      expect(refusals[0]).toMatchObject({
        code: 'state_conflict',
        detail: expect.stringMatching(/5 accounts/),
      });
      expect(await service.reading.list(customerId)).toHaveLength(5);
    });

    it('draws another number when one is taken, and gives up after ten', async () => {
      const taken = await open();
      const serial = BigInt(taken.number.slice(-12));
      const draws = [serial, serial, 4_711_000_001n];
      const view = await replica(ledger.database, { draw: () => draws.shift()! }).opening.open(opening());
      expect(view).toMatchObject({ number: accountNumberOf(4_711_000_001n) });
      const unlucky = replica(ledger.database, { draw: () => serial });
      await expect(unlucky.opening.open(opening())).rejects.toThrow(/too few/);
    });
  });

  describe('read', () => {
    it("says of somebody else's account what it says of none", async () => {
      const view = await open();
      const others = await service.reading.read(view.accountId, randomUUID());
      expect(others).toMatchObject({ refused: true, code: 'not_found' });
      expect(await service.reading.read(randomUUID(), randomUUID())).toEqual(others);
      expect(await service.reading.find(accountNumberOf(4_711_999_999n))).toEqual(others);
    });

    it('shows every account to an operator', async () => {
      const view = await open();
      expect(await service.reading.read(view.accountId, undefined)).toEqual(view);
    });

    it("lists a customer's accounts, and nobody else's, in the order of opening", async () => {
      const customerId = randomUUID();
      const first = await open({ customerId });
      await open();
      const second = await open({ customerId, currency: 'USD' });
      expect(await service.reading.list(customerId)).toEqual([first, second]);
      expect(await service.reading.list(randomUUID())).toEqual([]);
    });
  });

  describe('rename', () => {
    it('changes the name of the revision it is based on', async () => {
      const view = await open();
      const change = { accountId: view.accountId, customerId: view.customerId!, name: 'Rent' };
      const renamed = await service.renaming.rename({ ...change, revision: '1' });
      expect(renamed).toEqual({ ...view, name: 'Rent', revision: '2' });
      expect(await service.renaming.rename({ ...change, revision: '1' })).toMatchObject({
        code: 'stale_version',
      });
      expect(
        await service.renaming.rename({ ...change, customerId: randomUUID(), revision: '2' }),
      ).toMatchObject({ code: 'not_found' });
    });

    it('lets one of many win that start from the same revision', async () => {
      const { accountId, customerId } = await open();
      const answers = await Promise.all(
        ['A', 'B', 'C', 'D'].map((name) =>
          service.renaming.rename({ accountId, customerId: customerId!, name, revision: '1' }),
        ),
      );
      expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    });
  });

  describe('freeze', () => {
    const operatorId = randomUUID();

    it('stops money from leaving and arriving until the account is active again', async () => {
      const [anna, boris] = await ledger.openAccounts(2, 'EUR', 100n);
      const change = { accountId: anna!.accountId, operatorId, reason: 'Card reported stolen' };
      const frozen = await service.freezing.freeze({ ...change, frozen: true });
      expect(frozen).toMatchObject({ status: 'frozen', statusReason: 'Card reported stolen', revision: '2' });
      const both = [transfer(anna!, boris!, 1n), transfer(boris!, anna!, 1n)];
      const refused = await ledger.executor().execute(both);
      expect(refused.map(({ reason }) => reason)).toEqual(['account_frozen', 'recipient_frozen']);

      const active = await service.freezing.freeze({ ...change, frozen: false, reason: 'Checked' });
      expect(active).toMatchObject({ status: 'active', statusReason: null, revision: '3' });
      const [sent] = await ledger.executor().execute([transfer(anna!, boris!, 1n)]);
      expect(sent).toMatchObject({ status: 'completed' });
    });

    it('keeps who, when and why, once for each change', async () => {
      const { accountId } = await open();
      const change = { accountId, operatorId, reason: 'Court order 17' };
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => service.freezing.freeze({ ...change, frozen: true })),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      await service.freezing.freeze({ ...change, frozen: false, reason: 'Order lifted' });
      const history = await ledger.temporary.query(
        'SELECT revision, from_status, to_status, reason, changed_by FROM ledger.account_status_change WHERE account_id = $1 ORDER BY revision',
        [accountId],
      );
      expect(history).toEqual([
        {
          revision: '2',
          from_status: 'active',
          to_status: 'frozen',
          reason: 'Court order 17',
          changed_by: operatorId,
        },
        {
          revision: '3',
          from_status: 'frozen',
          to_status: 'active',
          reason: 'Order lifted',
          changed_by: operatorId,
        },
      ]);
    });

    it("refuses the bank's own accounts and unknown ones", async () => {
      const change = { operatorId, frozen: true, reason: 'Why not' };
      const cash = systemAccountIdOf('cash', 'EUR');
      expect(await service.freezing.freeze({ ...change, accountId: cash })).toMatchObject({
        code: 'state_conflict',
      });
      expect(await service.freezing.freeze({ ...change, accountId: randomUUID() })).toMatchObject({
        code: 'not_found',
      });
    });
  });

  describe('the announcements', () => {
    it('tell of opening, renaming and freezing, in order, and never of balances or names', async () => {
      const view = await open();
      const { accountId, customerId } = view;
      await service.announcements.announceDue();
      await service.renaming.rename({ accountId, customerId: customerId!, name: 'Rent', revision: '1' });
      await service.announcements.announceDue();
      await service.freezing.freeze({ accountId, operatorId: randomUUID(), frozen: true, reason: 'Stolen' });
      await service.announcements.announceDue();
      expect(service.producer.revisionsOf(accountId)).toEqual(['1', '2', '3']);
      expect(service.producer.states.findLast((state) => state.accountId === accountId)).toEqual({
        accountId,
        number: view.number,
        kind: 'customer',
        customerId,
        currency: 'EUR',
        status: 'frozen',
        revision: '3',
      });
    });

    it("tell of the bank's accounts in each currency that is offered", async () => {
      await service.announcements.announceDue();
      for (const currency of OFFERED_CURRENCIES) {
        for (const kind of SYSTEM_ACCOUNT_KINDS) {
          expect(service.producer.states).toContainEqual(
            expect.objectContaining({
              accountId: systemAccountIdOf(kind, currency),
              kind,
              currency,
              customerId: null,
            }),
          );
        }
      }
    });

    it('are made later when the broker was away, by whoever sweeps first', async () => {
      await service.announcements.announceDue();
      const unlucky = replica();
      unlucky.producer.fault = new Error('The broker is away');
      const view = (await unlucky.opening.open(opening())) as AccountView;
      await expect(unlucky.announcements.announceDue()).rejects.toThrow('The broker is away');
      await service.announcements.announceDue();
      expect(service.producer.revisionsOf(view.accountId)).toEqual(['1']);
      unlucky.producer.fault = undefined;
      await unlucky.announcements.announceDue();
      expect(unlucky.producer.states).toEqual([]);
    });

    it('hold up no money while a broker is slow', async () => {
      const [anna, boris] = await ledger.openAccounts(2, 'EUR', 10n);
      const slow = replica();
      let acknowledge = () => {};
      const announcing = new Promise<void>((asked) => {
        slow.producer.send = () => {
          asked();
          return new Promise<void>((resolve) => (acknowledge = resolve));
        };
      });
      const done = slow.announcements.announceDue();
      await announcing;
      const [result] = await ledger.executor().execute([transfer(anna!, boris!, 1n)]);
      expect(result).toMatchObject({ status: 'completed' });
      acknowledge();
      await done;
    });

    it('never send an older state after a newer one, however many processes announce', async () => {
      const databases = await Promise.all([1, 2, 3].map(() => openDatabase('transaction', 'ledger')));
      const shared = new RecordingProducer();
      const replicas = databases.map((database) => {
        const each = replica(database);
        each.producer.send = (messages) => shared.send(messages);
        return each;
      });
      const { accountId, customerId } = await open();
      for (let revision = 1; revision <= 15; revision++) {
        const renaming = replicas[revision % 3]!.renaming;
        await renaming.rename({
          accountId,
          customerId: customerId!,
          name: `N${revision}`,
          revision: String(revision),
        });
      }
      await Promise.all(replicas.map(({ announcements }) => announcements.announceDue()));
      await Promise.all(replicas.map(({ announcements }) => announcements.beforeApplicationShutdown()));
      const revisions = shared.revisionsOf(accountId).map(Number);
      expect(revisions.at(-1)).toBe(16);
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
      await Promise.all(databases.map((database) => database.onApplicationShutdown()));
    });
  });
});
