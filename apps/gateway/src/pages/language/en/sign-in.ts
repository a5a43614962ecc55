export const signIn = {
  title: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  action: 'Sign in',
  noAccountYet: 'Not a customer yet?',
  signUp: 'Become a customer',
  interrupted:
    'You were signed out after half an hour without a request. Nothing was sent. Sign in to go on; what you typed is kept.',
  first: 'Sign in to see this page.',
  wrong: 'The e-mail address or the password is wrong. Check both and try again.',
  wait: (seconds: string) => `Too many attempts. Wait ${seconds} s before the next one.`,
  emailMissing: 'Enter your e-mail address, such as anna@example.com.',
  passwordMissing: 'Enter your password.',
};

export const signUp = {
  title: 'Become a customer',
  name: 'Your name',
  nameHint: 'As others may call you.',
  nameWrong: 'Enter your name in one line of at most 100 characters.',
  emailTaken: 'There is a customer with this e-mail address already. Sign in, or use another one.',
  passwordHint: (characters: string) =>
    `At least ${characters} characters. A few words are better than many signs.`,
  passwordWrong: (least: string, most: string) => `Choose a password of ${least} to ${most} characters.`,
  action: 'Become a customer',
  alreadyOne: 'Already a customer?',
};
