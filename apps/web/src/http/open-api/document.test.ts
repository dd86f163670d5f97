import { validate } from '@readme/openapi-parser';
import { expect, test } from 'vitest';
import { describeApi } from './document.ts';

test('the document is valid OpenAPI 3.1', async () => {
  const document = JSON.parse(JSON.stringify(describeApi('1.2.3')));
  const result = await validate(document);
  expect(result).toMatchObject({ valid: true, specification: 'OpenAPI' });
});

test('the validator would notice a mistake', async () => {
  const document = JSON.parse(JSON.stringify(describeApi('1.2.3')));
  document.paths['/api/coursegen/generate'].post.responses[429].content['application/json'].schema = {
    $ref: '#/components/schemas/Nowhere',
  };
  document.components.securitySchemes.bearer.type = 'magic';
  await expect(
    validate(document).then(
      (result) => result.valid,
      () => false,
    ),
  ).resolves.toBe(false);
});

test('a request schema refuses what the endpoint refuses', () => {
  const { schemas } = describeApi('1.2.3').components;
  expect(schemas['GenerateRequest']).toMatchObject({
    type: 'object',
    properties: {
      courseId: { type: 'string', format: 'uuid' },
      webhookUrl: { anyOf: [{ format: 'uri' }, { type: 'null' }] },
    },
    required: ['courseId'],
    additionalProperties: false,
  });
});

test('every refusal of POST /api/coursegen/generate in the contract is described', () => {
  const { responses } = describeApi('1.2.3').paths['/api/coursegen/generate'].post;
  expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '404', '413', '415', '429', '500', '503']);
});
