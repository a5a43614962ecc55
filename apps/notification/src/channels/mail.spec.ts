import fc from 'fast-check';
import { escapeHtml, linkOf } from './html.js';
import { mailOf } from './mail.js';
import { smtpFailureOf } from './smtp-failure.js';

const URL_OF_BANK = 'https://bank.example/';

describe('a mail', () => {
  const words = { title: 'Anna <3 sent you 12.30 EUR', text: 'For "lunch" & more', link: '/transfers/1' };

  it('says the same as text and as HTML, and links to the bank only', () => {
    const mail = mailOf(words, 'en', URL_OF_BANK);
    expect(mail.subject).toBe(words.title);
    expect(mail.text).toContain(words.text);
    expect(mail.text).toContain('https://bank.example/transfers/1');
    expect(mail.html).toContain('For &quot;lunch&quot; &amp; more');
    expect(mail.html).toContain('href="https://bank.example/transfers/1"');
    expect(mail.html).toContain('href="https://bank.example/preferences"');
    expect(mailOf(words, 'ru', URL_OF_BANK).html).toContain('lang="ru"');
    expect(mailOf({ ...words, link: null }, 'en', URL_OF_BANK).text).not.toContain('/transfers');
  });

  it('lets no markup in, whatever the words are', () => {
    const tags = (html: string) => html.match(/<[^>]*>/g)!;
    const plain = tags(mailOf({ title: '', text: '', link: null }, 'en', URL_OF_BANK).html);
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, text) => {
        expect(tags(mailOf({ title, text, link: null }, 'en', URL_OF_BANK).html)).toEqual(plain);
      }),
    );
    expect(escapeHtml(`<a href='x' title="y">&`)).toBe('&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;');
  });

  it('has whole links', () => {
    expect(linkOf('https://bank.example/online', '/rates')).toBe('https://bank.example/online/rates');
    expect(linkOf(URL_OF_BANK, null)).toBeNull();
  });
});

describe('a failure of SMTP', () => {
  it.each([
    [
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 },
      { isFinal: true, isTargetAtFault: false },
    ],
    [
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 },
      { isFinal: false, isTargetAtFault: false },
    ],
    [
      { code: 'EMESSAGE', command: 'DATA', responseCode: 552 },
      { isFinal: true, isTargetAtFault: false },
    ],
    [
      { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 },
      { isFinal: false, isTargetAtFault: true },
    ],
    [
      { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 421 },
      { isFinal: false, isTargetAtFault: true },
    ],
    [
      { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 },
      { isFinal: false, isTargetAtFault: true },
    ],
    [{ code: 'ECONNECTION' }, { isFinal: false, isTargetAtFault: true }],
  ])('%j is %j', (error, expected) => {
    const secret = Object.assign(new Error('anna@example.com hunter2'), error);
    const failure = smtpFailureOf(secret);
    expect(failure).toMatchObject(expected);
    expect(failure.error).not.toMatch(/anna|hunter2/);
  });
});
