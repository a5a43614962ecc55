import { randomUUID } from 'node:crypto';
import { SERVICE_NAMES } from '@kopeck/contracts';
import {
  BankClient,
  deposit,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  transferBody,
  type Account,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

describe('accounts', () => {
  let system: SharedSystem;
  let operator: BankClient;
  let anna: BankClient;
  let boris: BankClient;

  beforeAll(async () => {
    system = await sharedSystem();
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    [anna, boris] = await Promise.all([newCustomer(system.url, 'Anna'), newCustomer(system.url, 'Boris')]);
  }, 120_000);

  async function setFrozen(account: Account, frozen: boolean, reason = 'Court order 17') {
    const path = `/operator/accounts/${account.id}/${frozen ? 'freeze' : 'unfreeze'}`;
    return operator.send('POST', path, { body: { reason } });
  }

  describe('entries', () => {
    const COUNT = 23;
    let annas: Account;
    let boriss: Account;

    beforeAll(async () => {
      [annas, boriss] = await Promise.all([
        fundedAccount(anna, operator, 'EUR', '100.00'),
        boris.openAccount('EUR'),
      ]);
      for (let n = 1; n < COUNT; n += 1) {
        const body = { ...transferBody(annas, boriss, '1.00'), reference: `no. ${n}` };
        expected(201, await anna.transfer(body));
      }
    }, 60_000);

    async function pages(limit: number): Promise<any[][]> {
      const all: any[][] = [];
      let cursor: string | null = null;
      do {
        const query: string = `?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
        const answer = await anna.get(`/accounts/${annas.id}/entries${query}`);
        const page = expected(200, answer);
        const link = answer.headers.get('link');
        expect(link === null).toBe(page.nextCursor === null);
        if (link !== null) expect(link).toMatch(/^<\/api\/v1\/accounts\/.*cursor=.*>; rel="next"$/);
        all.push(page.data);
        cursor = page.nextCursor;
        expect(all.length).toBeLessThanOrEqual(COUNT);
      } while (cursor !== null);
      return all;
    }

    it.each([1, 5, COUNT, 200])('are read in pages of %d, each once, newest first', async (limit) => {
      const read = await pages(limit);
      expect(read.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      const entries = read.flat();
      expect(entries.map((entry) => Number(entry.accountVersion))).toEqual(
        Array.from({ length: COUNT }, (_, n) => COUNT - n),
      );
      expect(entries.at(-1)).toMatchObject({
        kind: 'cash_deposit',
        amount: { amount: '100.00', currency: 'EUR' },
        counterpartyIsBank: true,
        balanceAfter: { amount: '100.00', currency: 'EUR' },
      });
      expect(entries[0]).toMatchObject({
        amount: { amount: '-1.00', currency: 'EUR' },
        counterpartyNumber: boriss.number,
        counterpartyIsBank: false,
        reference: `no. ${COUNT - 1}`,
      });
    });

    it('explain the balance after each of them', async () => {
      const entries = (await pages(200)).flat().reverse();
      let minor = 0n;
      for (const entry of entries) {
        minor += BigInt(entry.amount.amount.replace('.', ''));
        expect(entry.balanceAfter.amount.replace('.', '')).toBe(minor.toString().padStart(3, '0'));
      }
      expect(await anna.balanceOf(annas.id)).toBe(entries.at(-1).balanceAfter.amount);
    });

    it('keep their place while new ones come', async () => {
      const [from, to] = await Promise.all([
        fundedAccount(anna, operator, 'EUR', '50.00'),
        boris.openAccount('EUR'),
      ]);
      for (let n = 0; n < 4; n += 1) expected(201, await anna.transfer(transferBody(from, to, '1.00')));
      const first = expected(200, await anna.get(`/accounts/${from.id}/entries?limit=2`));
      expected(201, await anna.transfer(transferBody(from, to, '1.00')));
      const cursor = encodeURIComponent(first.nextCursor);
      const second = expected(200, await anna.get(`/accounts/${from.id}/entries?limit=2&cursor=${cursor}`));
      const versions = [...first.data, ...second.data].map((entry: any) => entry.accountVersion);
      expect(versions).toEqual(['5', '4', '3', '2']);
    });

    it('are nobody else’s to read, with or without a cursor', async () => {
      const { nextCursor } = expected(200, await anna.get(`/accounts/${annas.id}/entries?limit=1`));
      for (const query of ['', `?cursor=${encodeURIComponent(nextCursor)}`]) {
        const answer = await boris.get(`/accounts/${annas.id}/entries${query}`);
        expect(answer.status).toBe(404);
      }
    });
  });

  describe('names', () => {
    it('change against the ETag that was read, which posting money does not touch', async () => {
      const account = await anna.openAccount('EUR', 'Old name');
      const read = await anna.get(`/accounts/${account.id}`);
      const etag = read.headers.get('etag')!;
      expect(etag).toMatch(/^"\d+"$/);
      expected(201, await deposit(operator, account, '1.00'));
      expect((await anna.get(`/accounts/${account.id}`)).headers.get('etag')).toBe(etag);

      const path = `/accounts/${account.id}`;
      const changed = await anna.send('PATCH', path, {
        body: { name: 'New name' },
        headers: { 'if-match': etag },
      });
      expect(expected(200, changed)).toMatchObject({ name: 'New name', balance: { amount: '1.00' } });
      expect(changed.headers.get('etag')).not.toBe(etag);

      const stale = await anna.send('PATCH', path, {
        body: { name: 'Other' },
        headers: { 'if-match': etag },
      });
      expect(stale).toMatchObject({ status: 412, body: { code: 'stale_version' } });
      const blind = await anna.send('PATCH', path, { body: { name: 'Other' } });
      expect(blind).toMatchObject({ status: 428, body: { code: 'version_required' } });
      const weak = await anna.send('PATCH', path, {
        body: { name: 'Other' },
        headers: { 'if-match': `W/${etag}` },
      });
      expect(weak.status).toBe(412);
      expect((await anna.account(account.id)).name).toBe('New name');
    });

    it('are changed by one of many who read the same state', async () => {
      const account = await anna.openAccount('EUR', 'Contested');
      const etag = (await anna.get(`/accounts/${account.id}`)).headers.get('etag')!;
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          anna.send('PATCH', `/accounts/${account.id}`, {
            body: { name: `Name ${n}` },
            headers: { 'if-match': etag },
          }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 412)).toHaveLength(9);
    });

    it('are not changed by anybody else', async () => {
      const account = await anna.openAccount('EUR', 'Mine');
      const answer = await boris.send('PATCH', `/accounts/${account.id}`, {
        body: { name: 'Yours' },
        headers: { 'if-match': '*' },
      });
      expect(answer.status).toBe(404);
      expect((await anna.account(account.id)).name).toBe('Mine');
    });
  });

  describe('freezing', () => {
    let annas: Account;
    let boriss: Account;

    beforeEach(async () => {
      [annas, boriss] = await Promise.all([
        fundedAccount(anna, operator, 'EUR', '10.00'),
        fundedAccount(boris, operator, 'EUR', '10.00'),
      ]);
    }, 30_000);

    it('stops money from leaving and from coming, in words, until it is undone', async () => {
      expect(expected(200, await setFrozen(annas, true))).toMatchObject({
        status: 'frozen',
        statusReason: 'Court order 17',
      });
      expect(await anna.account(annas.id)).toMatchObject({
        status: 'frozen',
        statusReason: 'Court order 17',
      });

      const out = await anna.transfer(transferBody(annas, boriss, '1.00'));
      expect(out).toMatchObject({ status: 422, body: { code: 'account_frozen' } });
      const into = await boris.transfer(transferBody(boriss, annas, '1.00'));
      expect(into).toMatchObject({ status: 422, body: { code: 'recipient_frozen' } });
      expect((await deposit(operator, annas, '1.00')).body.code).toBe('recipient_frozen');
      expect(await anna.balanceOf(annas.id)).toBe('10.00');
      expect(await boris.balanceOf(boriss.id)).toBe('10.00');

      expect(expected(200, await setFrozen(annas, false, 'Order lifted'))).toMatchObject({
        status: 'active',
      });
      expected(201, await anna.transfer(transferBody(annas, boriss, '1.00')));
      expected(201, await boris.transfer(transferBody(boriss, annas, '2.00')));
      expect(await anna.balanceOf(annas.id)).toBe('11.00');
    });

    it('changes the ETag, so that nobody renames without having seen it', async () => {
      const etag = (await anna.get(`/accounts/${annas.id}`)).headers.get('etag')!;
      expected(200, await setFrozen(annas, true));
      const answer = await anna.send('PATCH', `/accounts/${annas.id}`, {
        body: { name: 'Renamed' },
        headers: { 'if-match': etag },
      });
      expect(answer.status).toBe(412);
    });

    it('leaves what is read readable', async () => {
      expected(200, await setFrozen(annas, true));
      expect(expected(200, await anna.get(`/accounts/${annas.id}/entries`)).data).toHaveLength(1);
      expect(expected(200, await anna.get('/accounts')).data.map(({ id }: Account) => id)).toContain(
        annas.id,
      );
    });

    it('wants a reason, an account that exists, and an operator', async () => {
      expect((await setFrozen(annas, true, '')).status).toBe(422);
      const nowhere = { ...annas, id: randomUUID() };
      expect((await setFrozen(nowhere, true)).status).toBe(404);
      const path = `/operator/accounts/${annas.id}/freeze`;
      const body = { reason: 'I want to' };
      expect((await anna.send('POST', path, { body })).status).toBe(403);
      expect((await new BankClient(system.url).send('POST', path, { body })).status).toBe(401);
      expect((await anna.account(annas.id)).status).toBe('active');
    });

    it('in the middle of many transfers lets none through afterwards', async () => {
      const before = await anna.balanceOf(annas.id);
      const running = Promise.all(
        Array.from({ length: 40 }, () =>
          anna.transfer(transferBody(annas, boriss, '0.01'), randomUUID(), { prefer: 'wait=20' }),
        ),
      );
      expected(200, await setFrozen(annas, true));
      const frozenAt = await anna.balanceOf(annas.id);
      const late = await anna.transfer(transferBody(annas, boriss, '0.01'));
      expect(late.body.code).toBe('account_frozen');
      const answers = await running;
      const posted = answers.filter(({ status }) => status === 201).length;
      expect(answers.filter(({ body }) => body.code === 'account_frozen')).toHaveLength(40 - posted);
      expect(await anna.balanceOf(annas.id)).toBe(frozenAt);
      const minor = (amount: string) => BigInt(amount.replace('.', ''));
      expect(minor(before) - minor(frozenAt)).toBe(BigInt(posted));
    }, 60_000);
  });

  describe('the operator', () => {
    it('finds an account by its number, written as people write it', async () => {
      const account = await fundedAccount(anna, operator, 'USD', '12.34');
      const typed = encodeURIComponent(account.number.toLowerCase().replace(/(.{4})/g, '$1 '));
      const { data } = expected(200, await operator.get(`/operator/accounts?number=${typed}`));
      expect(data).toEqual([
        expect.objectContaining({
          id: account.id,
          kind: 'customer',
          customerId: expect.any(String),
          balance: { amount: '12.34', currency: 'USD' },
        }),
      ]);
    });

    it('sees everybody’s transfers, with both sides', async () => {
      const from = await fundedAccount(anna, operator, 'EUR', '5.00');
      const to = await boris.openAccount('EUR');
      const { id } = expected(201, await anna.transfer(transferBody(from, to, '1.00')));
      await eventually(async () => {
        expect(expected(200, await operator.get(`/operator/transactions/${id}`))).toMatchObject({
          id,
          status: 'completed',
          debitAccountId: from.id,
          creditAccountId: to.id,
        });
        const { data } = expected(
          200,
          await operator.get('/operator/transactions?status=completed&limit=10'),
        );
        expect(data.map((transfer: any) => transfer.id)).toContain(id);
      });
      const { data } = expected(200, await operator.get(`/operator/transactions/${id}/events`));
      expect(data.at(-1).type).toBe('completed');
      expect(expected(200, await operator.get('/operator/transactions?pendingForSeconds=30')).data).toEqual(
        [],
      );
    });

    it('sees every service, up, and how many messages wait for it', async () => {
      await eventually(
        async () => {
          const { data } = expected(200, await operator.get('/operator/services'));
          const up = data
            .filter((service: any) => service.status === 'up' && service.lag !== null)
            .map((service: any) => service.service);
          expect(new Set(up)).toEqual(new Set(SERVICE_NAMES));
        },
        { withinMs: 30_000 },
      );
    }, 40_000);

    it('is nobody’s customer: it has no accounts and sends no transfers', async () => {
      expect((await operator.get('/accounts')).status).toBe(403);
      const account = await fundedAccount(anna, operator, 'EUR', '1.00');
      expect((await operator.transfer(transferBody(account, account, '1.00'))).status).toBe(403);
    });

    it('books a deposit once under one key', async () => {
      const account = await anna.openAccount('EUR');
      const body = {
        creditAccountNumber: account.number,
        instructedAmount: { amount: '7.00', currency: 'EUR' },
      };
      const headers = { 'idempotency-key': randomUUID(), prefer: 'wait=20' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => operator.send('POST', '/operator/cash-deposits', { body, headers })),
      );
      for (const answer of answers) expect(expected(201, answer)).toEqual(answers[0]!.body);
      expect(await anna.balanceOf(account.id)).toBe('7.00');
    });
  });
});
