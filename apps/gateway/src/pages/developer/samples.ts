/** What is shown to copy; the same in every language. */

/** @param origin of this bank, as the browser reached it. */
export function requestSample(origin: string): string {
  return `curl ${origin}/api/v1/sessions -H 'Content-Type: application/json' \\
  -d '{"email":"anna@example.com","password":"…"}'
curl ${origin}/api/v1/transfers -H 'Content-Type: application/json' \\
  -H 'Authorization: Bearer <token>' -H 'Idempotency-Key: rent-2026-11' \\
  -d '{"debitAccountId":"<id>","creditAccountNumber":"<number>","instructedAmount":{"amount":"12.30","currency":"EUR"}}'`;
}

/** Five lines that say whether a message is ours: `headers`, `body` (the raw text) and `secret` (whsec_…) are the reader's. */
export const SIGNATURE_SAMPLE = `const content = \`\${headers['webhook-id']}.\${headers['webhook-timestamp']}.\${body}\`;
const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
const right = Buffer.from('v1,' + crypto.createHmac('sha256', key).update(content).digest('base64'));
const given = headers['webhook-signature'].split(' ').map((text) => Buffer.from(text));
const isOurs = given.some((one) => one.length === right.length && crypto.timingSafeEqual(one, right));`;
