import {
  applyDecorators,
  Controller,
  Header,
  HttpCode,
  Post,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ACCESS, type Access } from '../../sessions/access.decorator.js';
import { UnreadCountInterceptor } from '../notifications/unread-count.interceptor.js';

/** A controller of pages: nothing of it is part of the REST interface's description, and its visits know what is unread. */
export function PageController(path = ''): ClassDecorator {
  return applyDecorators(
    Controller(path),
    UseInterceptors(UnreadCountInterceptor),
    ApiExcludeController(),
  ) as ClassDecorator;
}

/** Who may look at the page. A route without it is closed to all, and a test finds it. */
export function AllowVisit(access: Access): MethodDecorator {
  return SetMetadata(ACCESS, access) as MethodDecorator;
}

/** A form's target. It answers with a redirect, or with the form again and status 422: never with 201. */
export function FormPost(path = ''): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), Header('cache-control', 'no-store')) as MethodDecorator;
}
