import fc from 'fast-check';
import { isPublicAddress } from './public-address.js';
import { faultOfWebhookUrl } from './webhook-url.js';

const PRIVATE = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:10.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'not an address',
];
const PUBLIC = [
  '8.8.8.8',
  '1.1.1.1',
  '100.128.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
];

describe('addresses', () => {
  it.each(PRIVATE)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(PUBLIC)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  it('that carry a private IPv4 address in any of IPv6’s ways are not public', () => {
    const inside = fc.constantFrom('10.1.2.3', '127.0.0.1', '169.254.169.254', '192.168.0.1', '172.20.0.1');
    const hex = (address: string) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    };
    const forms = fc.constantFrom(
      (address: string) => `::ffff:${address}`,
      (address: string) => `::ffff:${hex(address)}`,
      (address: string) => `::${hex(address)}`,
      (address: string) => `64:ff9b::${hex(address)}`,
      (address: string) => `2002:${hex(address)}::1`,
      (address: string) => `2001:0:${hex(address)}::1`,
    );
    fc.assert(
      fc.property(inside, forms, (address, form) => expect(isPublicAddress(form(address))).toBe(false)),
    );
  });
});

describe('the form of a webhook’s address', () => {
  it.each([
    'https://shop.example/hooks',
    'https://shop.example:443/hooks?shop=1',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
    'https://xn--80ak6aa92e.com/',
  ])('%s is fine', (url) => expect(faultOfWebhookUrl(url, true)).toBeUndefined());

  it.each([
    'http://shop.example/',
    'https://shop.example:8443/',
    'https://shop.example:22/',
    'https://user:password@shop.example/',
    'https://user@shop.example/',
    'https://shop.example/#part',
    'ftp://shop.example/',
    'file:///etc/passwd',
    'gopher://shop.example/',
    'shop.example',
    'https://',
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://api.localhost/',
    'https://printer/',
    'https://db.internal/',
    'https://metadata.google.internal/',
    'https://nas.local/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://127.0.0.1./',
    'https://１２７.０.０.１/',
    'https://①②⑦.⓪.⓪.①/',
    'https://0/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    `https://shop.example/${'ж'.repeat(200)}`,
  ])('%s is refused', (url) => expect(faultOfWebhookUrl(url, true)).toMatch(/^url must/));

  it('never lets a private address through, however its four numbers are written', () => {
    const number = fc.constantFrom(
      (value: number) => String(value),
      (value: number) => `0x${value.toString(16)}`,
      (value: number) => `0${value.toString(8)}`,
    );
    const inside = fc.oneof(
      fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
    );
    fc.assert(
      fc.property(
        inside,
        fc.tuple(number, number, number, number),
        fc.integer({ min: 1, max: 4 }),
        (parts, forms, count) => {
          // The last of fewer than four parts stands for all that are left.
          const tail = parts.slice(count - 1).reduce((sum, part) => sum * 256 + part, 0);
          const written = [...parts.slice(0, count - 1), tail].map((part, index) => forms[index]!(part));
          expect(faultOfWebhookUrl(`https://${written.join('.')}/`, true)).toBeDefined();
        },
      ),
    );
  });

  it('may be anywhere to try things out, but still has no password', () => {
    expect(faultOfWebhookUrl('http://127.0.0.1:4000/hook', false)).toBeUndefined();
    expect(faultOfWebhookUrl('http://me:secret@127.0.0.1:4000/hook', false)).toBeDefined();
    expect(faultOfWebhookUrl('file:///etc/passwd', false)).toBeDefined();
  });
});
