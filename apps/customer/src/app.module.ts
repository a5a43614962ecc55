import { Module } from '@nestjs/common';
import { DatabaseModule } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { CustomerSettings } from './customer.settings.js';
import { AnnounceCustomersService } from './customers/announce-customers.service.js';
import { AnnouncementRepository } from './customers/announcement.repository.js';
import { CustomerEntity } from './customers/customer.entity.js';
import { CustomerRepository } from './customers/customer.repository.js';
import { ReadCustomerController } from './customers/read-customer.controller.js';
import { ReadCustomerService } from './customers/read-customer.service.js';
import { RegisterCustomerController } from './customers/register-customer.controller.js';
import { RegisterCustomerService } from './customers/register-customer.service.js';
import { CreateOperatorService } from './operators/create-operator.service.js';
import { CheckPasswordController } from './passwords/check-password.controller.js';
import { CheckPasswordService } from './passwords/check-password.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { SealedPasswords } from './passwords/sealed-passwords.js';

@Module({
  imports: [
    ServiceModule.forRoot({ service: 'customer', settings: [CustomerSettings] }),
    DatabaseModule.forService({ service: 'customer', schema: 'customer', entities: [CustomerEntity] }),
  ],
  controllers: [RegisterCustomerController, ReadCustomerController, CheckPasswordController],
  providers: [
    CustomerRepository,
    AnnouncementRepository,
    AnnounceCustomersService,
    RegisterCustomerService,
    ReadCustomerService,
    CheckPasswordService,
    CreateOperatorService,
    PasswordHasher,
    SealedPasswords,
  ],
})
export class AppModule {}
