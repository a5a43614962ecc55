import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

const DESCRIPTION = `The REST interface of Kopeck, a bank on an event log.

Amounts are \`{"amount": "1234.50", "currency": "EUR"}\`: decimal strings with exactly the currency's decimals. What
moves money needs an \`Idempotency-Key\`; the same request under the same key is the same transfer, however often it is
sent. Every error is an \`application/problem+json\` document (RFC 9457) whose \`code\` never changes its meaning.`;

/** The OpenAPI 3.1 document of the routes as they are. */
export function openApiDocumentOf(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Kopeck')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'The token of POST /api/v1/sessions.' },
      'session',
    )
    .addTag('Customers and sessions')
    .addTag('Accounts')
    .addTag('Transfers')
    .addTag('Conversions')
    .addTag('Rates')
    .addTag('Notifications')
    .addTag('Webhooks')
    .addTag('Operator', 'For the role "operator" only.')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  return { ...document, paths: sortedByAddress(document.paths) };
}

/** The order in which modules load is no order for readers, and would make the committed file change by itself. */
function sortedByAddress(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  return Object.fromEntries(
    Object.entries(paths)
      .filter(([address]) => address.startsWith('/api/'))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
