import type { Words } from '../words.js';

export const signIn: Words['signIn'] = {
  title: 'Вход',
  email: 'Электронная почта',
  password: 'Пароль',
  action: 'Войти',
  noAccountYet: 'Ещё не клиент?',
  signUp: 'Стать клиентом',
  interrupted:
    'Сеанс закончился: полчаса не было запросов. Ничего не отправлено. Войдите, чтобы продолжить; всё введённое сохранено.',
  first: 'Войдите, чтобы увидеть эту страницу.',
  wrong: 'Неверный адрес или пароль. Проверьте и повторите.',
  wait: (seconds) => `Слишком много попыток. Подождите ${seconds} с.`,
  emailMissing: 'Введите адрес электронной почты, например anna@example.com.',
  passwordMissing: 'Введите пароль.',
};

export const signUp: Words['signUp'] = {
  title: 'Стать клиентом',
  name: 'Ваше имя',
  nameHint: 'Как к вам обращаться.',
  nameWrong: 'Введите имя в одну строку, не длиннее 100 символов.',
  emailTaken: 'Клиент с таким адресом уже есть. Войдите или укажите другой адрес.',
  passwordHint: (characters) => `Не меньше ${characters} символов. Несколько слов лучше, чем много знаков.`,
  passwordWrong: (least, most) => `Выберите пароль длиной от ${least} до ${most} символов.`,
  action: 'Стать клиентом',
  alreadyOne: 'Уже клиент?',
};
