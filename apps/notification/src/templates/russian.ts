import type { RateSource, RefusalReason } from '@kopeck/contracts';
import { MAX_NAMED, wordIn, type Book, type Saying } from './book.js';
import type { Facts } from './facts.js';

const IF_NOT_YOU = 'Если это были не вы, завершите все сеансы на странице профиля и сообщите в банк.';

export const RUSSIAN: Book = {
  transfer_sent: sent,
  transfer_received: (facts) => ({
    title: `Зачислено ${facts.amount()}`,
    text:
      (facts.text('kind') === 'cash_deposit'
        ? `На ваш счёт ${facts.text('account')} внесены наличные: ${facts.amount()}.`
        : `На ваш счёт ${facts.text('account')} поступило ${facts.amount()} со счёта ${facts.text('counterparty')}.`) +
      referenceOf(facts),
  }),
  transfer_refused: (facts) => ({
    title: `Перевод не выполнен: ${facts.amount()}`,
    text: `${wordIn(REASONS, facts.text('reason'), 'В переводе отказано.')} Деньги не списаны.`,
  }),
  conversion_completed: (facts) => ({
    title: `Обмен выполнен: ${facts.amount()} → ${facts.amount('boughtMinor', 'boughtCurrency')}`,
    text: `Продано ${facts.amount()}, получено ${facts.amount('boughtMinor', 'boughtCurrency')}${soldAt(facts)}.`,
  }),
  rate_alert: alert,
  rate_change: (facts) => (facts.has('isDigest') ? digest(facts) : change(facts)),
  order_triggered: (facts) => ({
    title: `Ваша заявка исполняется: ${facts.amount('sellMinor', 'sellCurrency')}`,
    text: `Курс достиг нужного значения. Меняем ${facts.amount('sellMinor', 'sellCurrency')} на ${facts.amount('buyMinor', 'buyCurrency')} по курсу ${facts.rate()}.`,
  }),
  order_expired: (facts) => ({
    title: `Срок заявки истёк: ${facts.amount('sellMinor', 'sellCurrency')}`,
    text: `Курс ${pairOf(facts, 'sellCurrency', 'buyCurrency')} не достиг ${facts.rate('targetRate')} вовремя. Деньги не списаны.`,
  }),
  account_opened: (facts) => ({
    title: `Счёт ${facts.text('account')} открыт, валюта ${facts.text('currency')}`,
    text: 'Теперь на него можно получать деньги и переводить с него.',
  }),
  account_frozen: (facts) => ({
    title: `Счёт ${facts.text('account')} заморожен, валюта ${facts.text('currency')}`,
    text: 'Пока с него нельзя перевести и на него нельзя зачислить деньги. Если причина вам неизвестна, спросите в банке.',
  }),
  account_unfrozen: (facts) => ({
    title: `Счёт ${facts.text('account')} снова доступен, валюта ${facts.text('currency')}`,
    text: 'Его можно пополнять, и с него можно переводить, как раньше.',
  }),
  sign_in: (facts) => ({
    title: 'Новый вход',
    text: `В ваш профиль вошли: ${facts.text('device') || 'неизвестное устройство'}, ${facts.moment()}. ${IF_NOT_YOU}`,
  }),
  sessions_ended: (facts) => ({
    title: 'Все сеансы завершены',
    text: `Вы вышли на всех устройствах, ${facts.moment()}. ${IF_NOT_YOU}`,
  }),
  channel_changed: channelChanged,
  announcement: (facts) => ({
    title: facts.text('titleRu') || facts.text('titleEn'),
    text: facts.text('textRu') || facts.text('textEn'),
  }),
  feed_problem: (facts) => ({
    title: `Сбой источника курсов: ${sourceOf(facts)}`,
    text: `${facts.text('problem')}. Действующие курсы остаются, пока не устареют.`,
  }),
  test: () => ({ title: 'Проверочное сообщение', text: 'Вы его запросили. Этот канал работает.' }),
};

const REASONS: Readonly<Record<RefusalReason, string>> = {
  insufficient_funds: 'На счёте недостаточно денег.',
  account_not_found: 'Счёта для списания не существует.',
  recipient_not_found: 'Счёта с таким номером нет.',
  account_frozen: 'Ваш счёт заморожен.',
  recipient_frozen: 'Счёт получателя не принимает деньги.',
  currency_mismatch: 'Счёт получателя в другой валюте.',
  same_account: 'Счёт списания и счёт зачисления совпадают.',
  limit_exceeded: 'Сумма больше лимита одного перевода.',
  balance_overflow: 'Счёт получателя не вмещает такую сумму.',
  quote_expired: 'Срок предложенного курса истёк: запросите новый.',
  quote_used: 'Предложенный курс уже использован: запросите новый.',
};

const SOURCES: Readonly<Record<RateSource, string>> = { 'bank-of-russia': 'Банк России', ecb: 'ЕЦБ' };

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'Адрес почты',
  telegram: 'Telegram',
  sms: 'Канал СМС',
  webhook: 'Вебхук',
};

/** Said by whoever changes a contact; a word that isn't here is told as "changed". */
const ACTIONS: Readonly<Record<string, string>> = {
  linked: 'подключён',
  confirmed: 'номер подтверждён',
  removed: 'отключён',
  created: 'добавлен',
  secret_rotated: 'новый секрет',
  disabled_gone: 'выключен, потому что адрес сообщил, что его больше нет',
  disabled_failing: 'выключен, потому что сообщения не доходили',
};

const PLURAL = new Intl.PluralRules('ru');

function sent(facts: Facts): Saying {
  if (facts.has('isInternal')) {
    return {
      title: `Перевод между своими счетами: ${facts.amount()}`,
      text: `Со счёта ${facts.text('account')} на счёт ${facts.text('counterparty')}.${referenceOf(facts)}`,
    };
  }
  const bought = facts.has('boughtMinor')
    ? ` Получатель получил ${facts.amount('boughtMinor', 'boughtCurrency')}${soldAt(facts)}.`
    : '';
  return {
    title: `Переведено ${facts.amount()} на счёт ${facts.text('counterparty')}`,
    text: `С вашего счёта ${facts.text('account')} списано ${facts.amount()}.${bought}${referenceOf(facts)}`,
  };
}

function channelChanged(facts: Facts): Saying {
  const channel = wordIn(CHANNELS, facts.text('channel'), facts.text('channel'));
  // What the bank does by itself was nobody else.
  const advice = facts.text('action').startsWith('disabled') ? '' : ` ${IF_NOT_YOU}`;
  return {
    title: `Изменился канал уведомлений: ${channel}`,
    text: `${channel}: ${wordIn(ACTIONS, facts.text('action'), 'изменён')}.${advice}`,
  };
}

function alert(facts: Facts): Saying {
  const asked: Readonly<Record<string, string>> = {
    at_or_above: `Вы просили сообщить при курсе ${facts.rate('target')} или выше.`,
    at_or_below: `Вы просили сообщить при курсе ${facts.rate('target')} или ниже.`,
    moves_by: `Вы просили сообщить, когда курс изменится на ${facts.rate('percent')}\u00a0%; он был ${facts.rate('startRate')}.`,
  };
  return {
    title: `Курс ${pairOf(facts, 'base', 'quote')}: ${facts.rate()}`,
    text: `${priceOf(facts, 'rate')}. ${wordIn(asked, facts.text('kind'), '')}`,
  };
}

function change(facts: Facts): Saying {
  const base = facts.text('base');
  const origin = `Источник: ${sourceOf(facts)}, ${facts.day()}.`;
  if (!facts.has('newRate')) return { title: `Курса ${base} больше нет`, text: origin };
  const before = facts.has('oldRate') ? `, прежде ${facts.rate('oldRate')} (${facts.percent()})` : '';
  return {
    title: `Курс ${base}: ${facts.rate('newRate')} ${facts.text('quote')}`,
    text: `${priceOf(facts, 'newRate')}${before}. ${origin}`,
  };
}

function digest(facts: Facts): Saying {
  const changes = facts.list('changes');
  const left = changes.length - MAX_NAMED;
  const more = left > 0 ? `; и ещё ${left}` : '';
  return {
    title: changedRates(changes.length),
    text: `${changes.slice(0, MAX_NAMED).map(named).join('; ')}${more}.`,
  };
}

/** Изменился 1 курс, изменились 2 курса, изменились 5 курсов, изменился 21 курс. */
function changedRates(count: number): string {
  const forms: Readonly<Record<string, string>> = {
    one: `Изменился ${count} курс`,
    few: `Изменились ${count} курса`,
  };
  return wordIn(forms, PLURAL.select(count), `Изменились ${count} курсов`);
}

function named(facts: Facts): string {
  const percent = facts.has('percent') ? ` (${facts.percent()})` : '';
  return `${facts.text('base')} ${facts.rate('oldRate')} → ${facts.rate('newRate')} ${facts.text('quote')}${percent}`;
}

function priceOf(facts: Facts, rate: string): string {
  return `1 ${facts.text('base')} = ${facts.rate(rate)} ${facts.text('quote')}`;
}

function soldAt(facts: Facts): string {
  return facts.has('rate') ? ` по курсу ${facts.rate()}` : '';
}

function pairOf(facts: Facts, base: string, quote: string): string {
  return `${facts.text(base)}/${facts.text(quote)}`;
}

function sourceOf(facts: Facts): string {
  return wordIn(SOURCES, facts.text('source'), facts.text('source'));
}

function referenceOf(facts: Facts): string {
  return facts.has('reference') ? ` Назначение: «${facts.reference()}».` : '';
}
