import type { Words } from '../words.js';

export const layout: Words['layout'] = {
  bank: 'Копейка',
  personal: 'Личное',
  skip: 'К содержанию страницы',
  navigation: 'Главная навигация',
  places: {
    notifications: 'Уведомления',
    profile: 'Профиль',
    overview: 'Обзор',
    send: 'Перевод',
    convert: 'Обмен',
    accounts: 'Счета',
    rates: 'Курсы',
    services: 'Службы',
    transactions: 'Операции',
    cash: 'Касса',
    deliveries: 'Отправки',
    signIn: 'Войти',
  },
  signOut: 'Выйти',
  language: 'Язык',
  theme: 'Цвета',
  themes: { auto: 'Как на устройстве', light: 'Светлые', dark: 'Тёмные' },
  apiDocuments: 'API для разработчиков',
};

export const flash: Words['flash'] = {
  sentAgain: 'Отправляем ещё раз.',
  testSent: 'Проверка отправлена. Здесь видно, что с ней происходит.',
  preferencesSaved: 'Настройки сохранены.',
  codeSent: 'На этот номер отправлен код из шести цифр.',
  phoneConfirmed: 'Номер телефона подтверждён.',
  phoneForgotten: 'Номер телефона удалён. Туда больше ничего не придёт.',
  telegramForgotten: 'Чат в Telegram отвязан. Туда больше ничего не придёт.',
  sessionEnded: 'На том устройстве выполнен выход.',
  sessionGone: 'На том устройстве выход уже выполнен.',
  signedOutEverywhere: 'Вы вышли на всех устройствах.',
  webhookChanged: 'Вебхук изменён.',
  webhookEnabled: 'Вебхук включён.',
  webhookDisabled: 'Вебхук выключен. Пока он выключен, туда ничего не отправляется.',
  webhookDeleted: 'Вебхук удалён. Туда больше ничего не придёт.',
  accountOpened: 'Счёт открыт.',
  accountRenamed: 'У счёта новое название.',
  signedOut: 'Вы вышли.',
  signedUp: 'Добро пожаловать. Для начала откройте первый счёт.',
  alertPlaced: 'Мы сообщим один раз, когда курс дойдёт до этого значения.',
  alertCancelled: 'Уведомление о курсе снято.',
  draftRestored: 'Вы снова вошли. Пока ничего не отправлено: проверьте форму и отправьте её.',
  accountFrozen: 'Счёт заморожен: с него ничего не уходит и на него ничего не приходит.',
  accountUnfrozen: 'Счёт снова работает.',
  ratesAccepted: 'Курсы вступили в силу.',
  ratesRejected: 'Курсы отклонены; в силе остаются прежние.',
  overrideSet: 'Курс задан вручную.',
  overrideEnded: 'Снова действует курс самого источника.',
  deliveryRetried: 'Сообщение снова в пути.',
};

export const money: Words['money'] = {
  in: 'Поступление:',
  out: 'Списание:',
};

export const form: Words['form'] = {
  problem: 'Не получилось',
  errorInTitle: 'Ошибка:',
  optional: '(необязательно)',
  sentTwice:
    'Эта форма уже отправлялась с другими данными. Сейчас ничего не сделано. Начните заново, если нужна новая операция.',
  amount: {
    missing: 'Введите сумму.',
    unreadable: (sample) => `Введите сумму цифрами, например ${sample}.`,
    ambiguous: (typed, large) =>
      `${typed} можно прочитать двояко. Напишите ${large} без разделителя или уберите дробную часть.`,
    too_many_decimals: (currency, decimals) =>
      decimals === 0
        ? `У ${currency} нет дробной части. Введите целую сумму.`
        : `У ${currency} ${decimals} знака после запятой. Введите не больше.`,
    zero: 'Введите сумму больше нуля.',
    negative: 'Введите сумму без минуса.',
    too_large: (largest) => `Введите не больше ${largest}.`,
  },
};

export const list: Words['list'] = {
  pages: 'Страницы',
  older: 'Раньше',
  newest: 'К самым новым',
};
