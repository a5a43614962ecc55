import fc from 'fast-check';
import { gatewayRequestOf, readHeaders } from './sms-request.js';

const message = { phone: '+79261234567', text: 'She said "12 & 30"\n<Anna> {id}', id: 'one' };
const template = {
  url: 'https://sms.example/send?to={phone}',
  method: 'POST' as const,
  headers: '{"Content-Type":"application/json","X-Key":"k"}',
  body: '{"to":"{phone}","text":"{text}","id":"{id}"}',
};
const bodyFor = (contentType: string, body: string) =>
  gatewayRequestOf({ ...template, headers: JSON.stringify({ 'content-type': contentType }), body }, message)
    .body;

describe('a request to an SMS gateway', () => {
  it('fills placeholders in once, escaped for JSON, and encoded in the address', () => {
    const request = gatewayRequestOf(template, message);
    expect(request.url).toBe('https://sms.example/send?to=%2B79261234567');
    expect(request.headers).toEqual({ 'content-type': 'application/json', 'x-key': 'k' });
    expect(JSON.parse(request.body!)).toEqual({ to: message.phone, text: message.text, id: 'one' });
  });

  it('escapes for forms, for XML, and not at all for plain text', () => {
    expect(new URLSearchParams(bodyFor('application/x-www-form-urlencoded', 'a={text}')).get('a')).toBe(
      message.text,
    );
    expect(bodyFor('text/xml', '<t>{text}</t>')).toBe(
      '<t>She said &#34;12 &#38; 30&#34;\n&#60;Anna&#62; {id}</t>',
    );
    expect(bodyFor('text/plain', '{text}')).toBe(message.text);
  });

  it('has no body where it is a GET', () => {
    expect(gatewayRequestOf({ ...template, method: 'GET' }, message).body).toBeUndefined();
  });

  it('stays JSON whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { body } = gatewayRequestOf(template, { ...message, text });
        expect((JSON.parse(body!) as { text: string }).text).toBe(text);
      }),
    );
  });

  it.each(['', '[]', 'null', '{"a":1}', '{"a b":"c"}', '{"a":"b\\r\\nc: d"}', '{'])(
    'refuses headers %s',
    (text) => expect(readHeaders(text)).toBeUndefined(),
  );
});
