import { randomUUID } from 'node:crypto';

/** As much of Kopeck's REST interface as it takes to get a thousand accounts with money in them. */
export class KopeckApi {
  /** @param {number} port of the gateway */
  constructor(port) {
    this.url = `http://127.0.0.1:${port}`;
  }

  async isReady() {
    const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    await response.text();
    return response.ok;
  }

  async hasRates() {
    const response = await fetch(`${this.url}/api/v1/rates`, { signal: AbortSignal.timeout(5_000) });
    await response.text();
    return response.ok;
  }

  /** @param {{ email: string, password: string, name: string }} customer */
  signUp(customer) {
    return this.#post('customers', customer);
  }

  /**
   * @param {{ email: string, password: string }} credentials
   * @returns {Promise<string>} the session's token
   */
  async signIn(credentials) {
    return (await this.#post('sessions', credentials)).token;
  }

  /**
   * @param {string} token
   * @param {string} currency
   * @returns {Promise<{ id: string, number: string }>}
   */
  openAccount(token, currency) {
    return this.#post('accounts', { currency }, token);
  }

  /**
   * @param {string} operatorToken
   * @param {string} creditAccountNumber
   * @param {{ amount: string, currency: string }} instructedAmount
   */
  async depositCash(operatorToken, creditAccountNumber, instructedAmount) {
    const body = { creditAccountNumber, instructedAmount };
    const { status } = await this.#post('operator/cash-deposits', body, operatorToken);
    if (status !== 'completed') throw new Error(`A cash deposit is ${status}, not completed`);
  }

  /** @param {string} path @param {object} body @param {string} [token] */
  async #post(path, body, token) {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        prefer: 'wait=20',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.text();
    if (response.status !== 201)
      throw new Error(`POST /api/v1/${path} was answered ${response.status}: ${answer}`);
    return JSON.parse(answer);
  }
}
