import { failed, type Failure } from './channel.js';

/** What nodemailer tells of a failure, as far as it's read here. */
interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** Steps at which a server speaks of this one mail: its recipient, its content. */
const OF_THE_MAIL = /^(RCPT TO|DATA)$/;

/**
 * A 5xx for the recipient or the content is the last word on this mail; anything else is the server's state or our
 * settings, and passes. What the server wrote isn't repeated: it may hold the address.
 */
export function smtpFailureOf(error: unknown): Failure {
  const { code = '', command = '', responseCode = null } = error as SmtpError;
  const isOfTheMail = OF_THE_MAIL.test(command) && responseCode !== null && responseCode !== 421;
  if (isOfTheMail) {
    const what = command === 'DATA' ? 'the mail' : 'the address';
    return failed(`the mail server refused ${what} (${responseCode})`, {
      responseCode,
      isFinal: responseCode >= 500,
    });
  }
  return failed(sentenceOf(code, responseCode), { responseCode, isTargetAtFault: true });
}

function sentenceOf(code: string, responseCode: number | null): string {
  if (code === 'EAUTH') return 'the mail server did not take our name and password';
  if (code === 'EDNS') return 'the mail server’s name is not known';
  if (code === 'ETIMEDOUT') return 'the mail server did not answer in time';
  if (code === 'ETLS') return 'the connection to the mail server could not be secured';
  if (responseCode !== null) return `the mail server answered ${responseCode}`;
  return 'the mail server could not be reached';
}
