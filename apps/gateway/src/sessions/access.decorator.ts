import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Role } from '@kopeck/contracts';

/** `anyone`: no session needed. `signed-in`: any role. Otherwise this role only. */
export type Access = 'anyone' | 'signed-in' | Role;

export const ACCESS = Symbol('who may call the route');

/** Who may call the route. A route without it is closed to all, and a test finds it. */
export function AllowAccess(access: Access): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ACCESS, access),
    ...(access === 'anyone' ? [] : [ApiBearerAuth('session')]),
  ) as MethodDecorator & ClassDecorator;
}
