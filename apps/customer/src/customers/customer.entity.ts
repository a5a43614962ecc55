import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { Language, Role } from '@kopeck/contracts';
import type { Customer } from './customer.js';

/** `customer.customer`, as migration 0001 creates it. Sign-ins are few beside transfers, so an entity is fast enough. */
@Entity({ schema: 'customer', name: 'customer' })
export class CustomerEntity implements Customer {
  @PrimaryColumn({ name: 'customer_id', type: 'uuid' })
  customerId: string;

  @Column({ type: 'text' })
  email: string;

  /** See `emailKeyOf`; unique. */
  @Column({ name: 'email_key', type: 'text' })
  emailKey: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  role: Role;

  @Column({ type: 'text' })
  language: Language;

  @Column({ name: 'password_hash', type: 'text' })
  passwordHash: string;

  @CreateDateColumn({ name: 'registered_at', type: 'timestamptz' })
  registeredAt: Date;
}
