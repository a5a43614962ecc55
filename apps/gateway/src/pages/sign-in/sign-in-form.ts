import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, REFERENCE } from '@kopeck/contracts';
import { isEmail } from 'class-validator';
import type { FieldFault } from '../components/field-fault.js';
import type { Words } from '../language/words.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** @returns an empty list where both can be checked. */
export function faultsOfSignIn({ email, password }: Credentials, words: Words): FieldFault[] {
  return [
    ...(isEmail(email) ? [] : [{ field: 'email', text: words.signIn.emailMissing }]),
    ...(password === '' ? [{ field: 'password', text: words.signIn.passwordMissing }] : []),
  ];
}

export interface NewCustomer extends Credentials {
  readonly name: string;
}

export function faultsOfSignUp({ name, email, password }: NewCustomer, words: Words): FieldFault[] {
  const isName = name.length > 0 && name.length <= 100 && REFERENCE.test(name);
  const isPassword = password.length >= PASSWORD_MIN_LENGTH && password.length <= PASSWORD_MAX_LENGTH;
  const lengths = [PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH].map(String) as [string, string];
  return [
    ...(isName ? [] : [{ field: 'name', text: words.signUp.nameWrong }]),
    ...(isEmail(email) ? [] : [{ field: 'email', text: words.signIn.emailMissing }]),
    ...(isPassword ? [] : [{ field: 'password', text: words.signUp.passwordWrong(...lengths) }]),
  ];
}

/** The address as the system knows it, however it is typed. */
export function emailOf(typed: string): string {
  return typed.trim().toLowerCase().slice(0, 254);
}
