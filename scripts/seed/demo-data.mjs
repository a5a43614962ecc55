/** Known to everybody: never in production. */
export const DEMO_PASSWORD = 'kopeck-demo-2026';

export const DEMO_CUSTOMERS = /** @type {const} */ ([
  { id: 'anna', email: 'anna@example.com', name: 'Anna Ivanova' },
  { id: 'boris', email: 'boris@example.com', name: 'Boris Petrov' },
]);

/** Accounts by the names that transfers use; `key` must never change: it makes a repeat find the same account. */
export const DEMO_ACCOUNTS = [
  { key: 'anna-rub', owner: 'anna', currency: 'RUB', name: 'Everyday' },
  { key: 'anna-rub-savings', owner: 'anna', currency: 'RUB', name: 'Savings' },
  { key: 'anna-usd', owner: 'anna', currency: 'USD', name: 'Travel' },
  { key: 'anna-eur', owner: 'anna', currency: 'EUR', name: 'Holidays' },
  { key: 'anna-jpy', owner: 'anna', currency: 'JPY', name: 'Kyoto' },
  { key: 'boris-rub', owner: 'boris', currency: 'RUB', name: 'Everyday' },
  { key: 'boris-usd', owner: 'boris', currency: 'USD', name: 'Freelance' },
  { key: 'boris-eur', owner: 'boris', currency: 'EUR', name: 'Rainy days' },
  { key: 'boris-jpy', owner: 'boris', currency: 'JPY', name: 'Records' },
];

/** Cash over the counter; the only way in which money enters the bank. */
export const DEMO_DEPOSITS = [
  { key: 'deposit-1', to: 'anna-rub', amount: '150000.00', reference: 'Cash at the counter' },
  { key: 'deposit-2', to: 'anna-usd', amount: '2500.00', reference: 'Cash at the counter' },
  { key: 'deposit-3', to: 'anna-eur', amount: '1800.00', reference: 'Cash at the counter' },
  { key: 'deposit-4', to: 'anna-jpy', amount: '120000', reference: 'Cash at the counter' },
  { key: 'deposit-5', to: 'boris-rub', amount: '320000.00', reference: 'Cash at the counter' },
  { key: 'deposit-6', to: 'boris-usd', amount: '1200.00', reference: 'Cash at the counter' },
  { key: 'deposit-7', to: 'boris-eur', amount: '950.00', reference: 'Cash at the counter' },
  { key: 'deposit-8', to: 'boris-jpy', amount: '45000', reference: 'Cash at the counter' },
];

/** In the order in which they happened; the last one is refused, because that belongs to a history as well. */
export const DEMO_TRANSFERS = [
  {
    key: 'transfer-1',
    from: 'boris-rub',
    to: 'anna-rub',
    amount: '85000.00',
    reference: 'Salary for October',
  },
  { key: 'transfer-2', from: 'anna-rub', to: 'anna-rub-savings', amount: '20000.00', reference: 'For later' },
  {
    key: 'transfer-3',
    from: 'anna-rub',
    to: 'boris-rub',
    amount: '42000.00',
    reference: 'Rent for November',
  },
  { key: 'transfer-4', from: 'boris-rub', to: 'anna-rub', amount: '380.00', reference: 'Coffee' },
  { key: 'transfer-5', from: 'anna-eur', to: 'boris-eur', amount: '24.90', reference: 'Concert ticket' },
  { key: 'transfer-6', from: 'boris-usd', to: 'anna-usd', amount: '310.00', reference: 'Invoice 2026-0042' },
  { key: 'transfer-7', from: 'anna-jpy', to: 'boris-jpy', amount: '4800', reference: 'Records from Kyoto' },
  { key: 'transfer-8', from: 'anna-rub', to: 'boris-rub', amount: '1249.50', reference: 'Groceries' },
  { key: 'transfer-9', from: 'boris-eur', to: 'anna-eur', amount: '12.45', reference: 'Half a pizza' },
  { key: 'transfer-10', from: 'anna-rub-savings', to: 'anna-rub', amount: '5000.00', reference: 'New boots' },
  { key: 'transfer-11', from: 'boris-rub', to: 'anna-rub', amount: '2600.00', reference: 'Birthday present' },
  { key: 'transfer-12', from: 'anna-usd', to: 'boris-usd', amount: '75.25', reference: 'Hosting for a year' },
  {
    key: 'transfer-13',
    from: 'boris-jpy',
    to: 'anna-jpy',
    amount: '990000',
    reference: 'Grand piano',
    refusal: 'insufficient_funds',
  },
];
