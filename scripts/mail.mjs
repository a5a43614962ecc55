/**
 * `npm run mail`: a mail server for this machine that keeps what it gets and shows it on a page, for services that were
 * started by hand. `npm start` has one of its own.
 */
import { parseArgs } from 'node:util';
import { MailCatcher } from './mail/mail-catcher.mjs';
import { fail, PlainError } from './plain-error.mjs';

const USAGE = `npm run mail [-- options]
  --smtp-port N  where to take mail in on 127.0.0.1 (default: any free port)
  --port N       where to show it (default: any free port)`;

/** @param {string | undefined} text */
function portOf(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new PlainError(`"${text}" is no port.\n\n${USAGE}`);
}

function options() {
  try {
    return parseArgs({
      options: {
        'smtp-port': { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new PlainError(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
  }
}

try {
  const { 'smtp-port': smtpPort, port, help } = options();
  if (help) throw new PlainError(USAGE);
  const catcher = await MailCatcher.start({ smtpPort: portOf(smtpPort), webPort: portOf(port) }).catch(
    (error) => {
      throw new PlainError(
        `The mail catcher can't listen: ${error.message}. Choose other ports.\n\n${USAGE}`,
      );
    },
  );
  console.log(`Mail is caught and shown at ${catcher.webUrl} (as JSON at ${catcher.webUrl}/mails.json). Let Kopeck send it:

  SMTP_URL=${catcher.smtpUrl} npx nest start notification --watch

Ctrl-C ends it.`);
} catch (error) {
  fail(error);
}
