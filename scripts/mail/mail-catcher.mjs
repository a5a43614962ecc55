import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { freePorts } from '../infrastructure/ports.mjs';
import { listPage, mailPage, sourcePage } from './mail-pages.mjs';
import { readMail } from './read-mail.mjs';

const HOST = '127.0.0.1';
/** The last so many are kept, in memory. */
const MAX_MAILS = 200;
const MAX_MAIL_BYTES = 1_000_000;
const STOP_WITHIN_MS = 500;

/**
 * @typedef {import('./read-mail.mjs').ReadMail & { id: string, receivedAt: string, source: string }} CaughtMail
 */

/**
 * Takes in all mail that is sent to it and shows it to whoever sits at this machine: nothing leaves it, whatever address
 * a mail is for.
 */
export class MailCatcher {
  /** @type {CaughtMail[]} newest first */
  #mails = [];
  #smtp;
  #web;
  #ports;

  /** @param {{ smtp: number, web: number }} ports */
  constructor(ports) {
    this.#ports = ports;
    this.#smtp = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: MAX_MAIL_BYTES,
      closeTimeout: STOP_WITHIN_MS,
      logger: false,
      onData: (stream, _session, done) => this.#take(stream, done),
    });
    this.#web = createServer((request, response) => this.#show(request, response));
  }

  /**
   * @param {{ smtpPort?: number, webPort?: number }} [ports] free ones unless given
   * @returns {Promise<MailCatcher>} when it's listening
   */
  static async start({ smtpPort, webPort } = {}) {
    const [first = 0, second = 0] = await freePorts(2);
    const catcher = new MailCatcher({ smtp: smtpPort ?? first, web: webPort ?? second });
    await catcher.#listen();
    return catcher;
  }

  /** What services are told as `SMTP_URL`. */
  get smtpUrl() {
    return `smtp://${HOST}:${this.#ports.smtp}`;
  }

  /** For people. */
  get webUrl() {
    return `http://${HOST}:${this.#ports.web}`;
  }

  async stop() {
    this.#web.closeAllConnections();
    await Promise.all([
      new Promise((resolve) => this.#web.close(() => resolve(undefined))),
      new Promise((resolve) => this.#smtp.close(() => resolve(undefined))),
    ]);
  }

  async #listen() {
    const smtp = this.#smtp.listen(this.#ports.smtp, HOST);
    const web = this.#web.listen(this.#ports.web, HOST);
    await Promise.all([once(smtp, 'listening'), once(web, 'listening')]);
    // A client that breaks off is no reason to stop.
    this.#smtp.on('error', () => undefined);
  }

  /**
   * @param {import('smtp-server').SMTPServerDataStream} stream
   * @param {(error?: Error | null) => void} done
   */
  #take(stream, done) {
    /** @type {Buffer[]} */
    const chunks = [];
    let bytes = 0;
    stream.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes <= MAX_MAIL_BYTES) chunks.push(chunk);
    });
    stream.on('end', () => {
      const source = Buffer.concat(chunks).toString('latin1');
      const mail = { id: randomUUID(), receivedAt: new Date().toISOString(), ...readMail(source), source };
      this.#mails = [mail, ...this.#mails].slice(0, MAX_MAILS);
      done();
    });
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  #show(request, response) {
    const { method, url = '/', headers } = request;
    // A page of another site that found this port by guessing its name reads nothing.
    const isOurs =
      headers.host === `${HOST}:${this.#ports.web}` || headers.host === `localhost:${this.#ports.web}`;
    if (!isOurs || method !== 'GET') return void response.writeHead(403).end('Only for this machine\n');
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
    response.setHeader('x-content-type-options', 'nosniff');
    const answer = this.#answerTo(url);
    if (answer === undefined) return void response.writeHead(404).end('No such mail\n');
    const isPage = typeof answer === 'string';
    response.setHeader('content-type', isPage ? 'text/html; charset=utf-8' : 'application/json');
    response.end(isPage ? answer : JSON.stringify(answer));
  }

  /**
   * @param {string} url
   * @returns {string | object | undefined} a page, or what becomes JSON
   */
  #answerTo(url) {
    if (url === '/') return listPage(this.#mails);
    if (url === '/mails.json') return this.#mails.map(withoutSource);
    const [, id, form] = /^\/mails\/([0-9a-f-]{36})(\.json|\/source)?$/.exec(url) ?? [];
    const mail = this.#mails.find((each) => each.id === id);
    if (!mail) return undefined;
    if (form === '.json') return mail;
    return form === '/source' ? sourcePage(mail) : mailPage(mail);
  }
}

/** @param {CaughtMail} mail */
function withoutSource({ source, ...mail }) {
  void source;
  return mail;
}
