import { plural } from '../plurals.js';
import type { Words } from '../words.js';

export const movement: Words['movement'] = {
  what: 'Что',
  amount: 'Сумма',
  balance: 'Остаток',
  kinds: {
    transfer: { in: 'Получено', out: 'Отправлено', own: 'Между своими счетами' },
    cash_deposit: { in: 'Внесено в кассе', out: 'Внесено в кассе', own: 'Внесено в кассе' },
    conversion: { in: 'Обмен', out: 'Обмен', own: 'Обмен' },
  },
  from: (number) => `со счёта ${number}`,
  to: (number) => `на счёт ${number}`,
};

export const chart: Words['chart'] = {
  numbers: 'То же в цифрах',
};

export const dashboard: Words['dashboard'] = {
  title: 'Обзор',
  total: 'Все ваши деньги',
  totalIn: 'В какой валюте',
  atRates: (source, day, age) => `По средним курсам: ${source}, на ${day}, подтверждено ${age}.`,
  snapshot: 'Это курсы из поставляемого снимка: когда-то настоящие, но не текущие.',
  without: (currencies) => `Без ${currencies}: для этой валюты нет курса.`,
  noTotal: 'Итога сейчас нет: нет текущих курсов. Остатки ниже верны.',
  accounts: 'Счета',
  recent: 'Последнее',
  noRecent: 'Список переводов сейчас недоступен. Остатки верны.',
  nothingYet: 'Движений пока не было',
  nothingYetText: 'Здесь будет то, что вы отправите и получите.',
  pending: 'В пути',
  pendingText: 'Решения ещё нет. Отправлять заново не нужно; страница обновится сама.',
};

export const accounts: Words['accounts'] = {
  title: 'Счета',
  none: 'У вас пока нет счёта',
  noneText: 'Откройте его: нужны название и валюта.',
  open: 'Открыть счёт',
  frozen: 'Заморожен',
  frozenText: (reason) => `Счёт заморожен: ${reason}. С него ничего нельзя отправить. Обратитесь в банк.`,
  available: 'Доступно',
  number: 'Номер',
  openedAt: 'Открыт',
  send: 'Перевести',
  convert: 'Обменять',
  rename: 'Переименовать',
  name: 'Название',
  nameHint: 'Его видите только вы.',
  nameWrong: 'Введите название в одну строку, не длиннее 60 символов.',
  renameAction: 'Сохранить название',
  renamedMeanwhile: 'За это время счёт изменился. Посмотрите на нынешнее название и сохраните ещё раз.',
  chart: 'Остаток',
  chartPeriods: { '7d': '7 дней', '30d': '30 дней', '1y': '1 год' },
  chartText: (from, to, least, most) =>
    `В начале было ${from}, сейчас ${to}; меньше всего было ${least}, больше всего ${most}.`,
  noChart: 'График сейчас недоступен.',
  time: 'Время',
  history: 'История',
  search: 'Слова или номер',
  from: 'С',
  until: 'По',
  direction: 'Направление',
  directions: { all: 'Все', in: 'Поступления', out: 'Списания' },
  filter: 'Показать',
  clear: 'Показать всё',
  csv: 'Скачать CSV',
  nothingFound: 'Ничего не подходит',
  nothingFoundText: 'За эти дни и с такими словами движений нет.',
  untilBeforeFrom: 'Введите день не раньше первого.',
  dayWrong: 'Введите день, например 2026-09-30.',
  movements: (count, shown) =>
    plural('ru', count, {
      one: `${shown} движение на этой странице`,
      few: `${shown} движения на этой странице`,
      many: `${shown} движений на этой странице`,
    }),
};

export const openAccount: Words['openAccount'] = {
  title: 'Открыть счёт',
  currency: 'Валюта',
  action: 'Открыть',
  tooMany: 'У вас уже столько счетов, сколько может быть у одного клиента. Используйте один из них.',
  currencyWrong: 'Выберите одну из валют.',
};
