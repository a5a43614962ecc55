import type { CustomerView, Language, Role } from '@kopeck/contracts';

/** Somebody the bank knows. The hash never leaves this service. */
export interface Customer {
  readonly customerId: string;
  /** As it was typed, without surrounding spaces; mail goes there. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  /** PHC string of the password's argon2id hash. */
  readonly passwordHash: string;
  readonly registeredAt: Date;
}

/** What a new customer brings along; the database says when. */
export type NewCustomer = Omit<Customer, 'registeredAt'>;

/**
 * The form under which an e-mail address is unique. RFC 5321 lets hosts tell `Anna@` from `anna@`, none that people use
 * does, and two customers with the same address but for case would be one person locked out by another. Unicode forms
 * (NFKC) are folded for the same reason. Dots and plus-tags stay: what they mean is each provider's own business.
 */
export function emailKeyOf(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** True when a repeated registration says the same about the person as the first; the password is compared by its hash. */
export function isSameRegistration(
  known: Customer,
  repeated: { readonly email: string; readonly name: string; readonly language: Language },
): boolean {
  return (
    known.role === 'customer' &&
    emailKeyOf(known.email) === emailKeyOf(repeated.email) &&
    known.name === repeated.name.trim() &&
    known.language === repeated.language
  );
}

/** What others may know of a customer. */
export function viewOf(customer: Customer): CustomerView {
  const { customerId, email, name, role, language, registeredAt } = customer;
  return { customerId, email, name, role, language, registeredAt: registeredAt.toISOString() };
}
