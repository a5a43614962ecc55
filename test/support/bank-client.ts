import { randomUUID } from 'node:crypto';

/** Longer than any `Prefer: wait` the tests use: a request that hangs is a failure, not a test that never ends. */
const GIVE_UP_AFTER_MS = 45_000;

export interface Answer<Body = any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

export interface Account {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly currency: string;
  readonly status: 'active' | 'frozen';
  readonly statusReason: string | null;
  readonly balance: Amount;
  readonly version: string;
}

export interface TransferBody {
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly instructedAmount: Amount;
  readonly reference?: string;
  readonly endToEndId?: string;
}

export interface Quote {
  readonly id: string;
  readonly sell: Amount;
  readonly buy: Amount;
  readonly exchangeRate: string;
  readonly midRate: string;
  readonly isSnapshot: boolean;
  readonly expiresAt: string;
  readonly status: 'open' | 'expired' | 'used';
}

interface Sending {
  readonly body?: unknown;
  /** Sent as it is, for bodies that aren't JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The REST API as one signed-in (or not signed-in) person uses it. */
export class BankClient {
  constructor(
    /** Without a slash at the end: `http://127.0.0.1:3000`. */
    readonly url: string,
    readonly token?: string,
  ) {}

  async send(method: string, path: string, { body, text, headers }: Sending = {}): Promise<Answer> {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: payload,
      signal: AbortSignal.timeout(GIVE_UP_AFTER_MS),
    });
    return { status: response.status, headers: response.headers, body: bodyOf(await response.text()) };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  transfer(body: unknown, key: string = randomUUID(), headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', '/transfers', { body, headers: { 'idempotency-key': key, ...headers } });
  }

  /** A price: `sell` with `buyCurrency` or `buy` with `sellCurrency`, between two accounts. */
  async quote(body: object): Promise<Quote> {
    return expected(201, await this.send('POST', '/quotes', { body })) as Quote;
  }

  convert(
    quoteId: string,
    key: string = randomUUID(),
    more: { body?: object; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    return this.send('POST', '/conversions', {
      body: { quoteId, ...more.body },
      headers: { 'idempotency-key': key, prefer: 'wait=20', ...more.headers },
    });
  }

  async account(id: string): Promise<Account> {
    return expected(200, await this.get(`/accounts/${id}`)) as Account;
  }

  async balanceOf(id: string): Promise<string> {
    return (await this.account(id)).balance.amount;
  }

  async openAccount(currency: string, name = 'Test account'): Promise<Account> {
    return expected(201, await this.send('POST', '/accounts', { body: { currency, name } })) as Account;
  }
}

function bodyOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body of an answer that must have this status; anything else is shown whole. */
export function expected<Body = any>(status: number, answer: Answer<Body>): Body {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, but was ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

export const PASSWORD = 'a secret for tests only';

/** A new customer, signed in. */
export async function newCustomer(url: string, name = 'Test Customer'): Promise<BankClient> {
  const anonymous = new BankClient(url);
  const email = `${randomUUID()}@example.com`;
  expected(201, await anonymous.send('POST', '/customers', { body: { email, password: PASSWORD, name } }));
  return signIn(url, email, PASSWORD);
}

export async function signIn(url: string, email: string, password: string): Promise<BankClient> {
  const answer = await new BankClient(url).send('POST', '/sessions', { body: { email, password } });
  return new BankClient(url, expected(201, answer).token as string);
}

/** Money over the counter. */
export async function deposit(operator: BankClient, account: Account, amount: string): Promise<Answer> {
  return operator.send('POST', '/operator/cash-deposits', {
    body: {
      creditAccountNumber: account.number,
      instructedAmount: { amount, currency: account.currency },
      reference: 'Cash at the counter',
    },
    headers: { 'idempotency-key': randomUUID(), prefer: 'wait=20' },
  });
}

/** A new account with money in it. */
export async function fundedAccount(
  customer: BankClient,
  operator: BankClient,
  currency: string,
  amount: string,
): Promise<Account> {
  const account = await customer.openAccount(currency);
  expected(201, await deposit(operator, account, amount));
  return customer.account(account.id);
}

export function transferBody(debit: Account, credit: Account, amount: string): TransferBody {
  return {
    debitAccountId: debit.id,
    creditAccountNumber: credit.number,
    instructedAmount: { amount, currency: debit.currency },
  };
}
