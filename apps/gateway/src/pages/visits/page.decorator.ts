import { applyDecorators, Controller, Header, HttpCode, Post, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ACCESS, type Access } from '../../sessions/access.decorator.js';

/** A controller of pages: nothing of it is part of the REST interface's description. */
export function PageController(path = ''): ClassDecorator {
  return applyDecorators(Controller(path), ApiExcludeController()) as ClassDecorator;
}

/** Who may look at the page. A route without it is closed to all, and a test finds it. */
export function AllowVisit(access: Access): MethodDecorator {
  return SetMetadata(ACCESS, access) as MethodDecorator;
}

/** A form's target. It answers with a redirect, or with the form again and status 422: never with 201. */
export function FormPost(path: string): MethodDecorator {
  return applyDecorators(Post(path), HttpCode(200), Header('cache-control', 'no-store')) as MethodDecorator;
}
