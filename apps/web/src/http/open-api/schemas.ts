import {
  activityResponseSchema,
  canCancelResponseSchema,
  cancelResponseSchema,
  checkStatusResponseSchema,
  errorBodySchema,
  generateRequestSchema,
  generateResponseSchema,
  healthResponseSchema,
  inProgressDetailsSchema,
  limitDetailsSchema,
  regenerateRequestSchema,
} from '@megacampus/domain/api';
import { z } from 'zod';

/** The zod schemas that endpoints use, by the names they have in the OpenAPI document. */
const NAMED = {
  GenerateRequest: generateRequestSchema,
  GenerateResponse: generateResponseSchema,
  RegenerateRequest: regenerateRequestSchema,
  InProgressDetails: inProgressDetailsSchema,
  CheckStatusResponse: checkStatusResponseSchema,
  ActivityResponse: activityResponseSchema,
  CancelResponse: cancelResponseSchema,
  CanCancelResponse: canCancelResponseSchema,
  HealthResponse: healthResponseSchema,
  LimitDetails: limitDetailsSchema,
  ErrorBody: errorBodySchema,
} as const;

export type SchemaName = keyof typeof NAMED | 'LimitErrorBody';

/** A 429 says in its details which limit was met. */
const LIMIT_ERROR_BODY = {
  allOf: [ref('ErrorBody')],
  type: 'object',
  properties: { details: ref('LimitDetails') },
  required: ['details'],
};

export function ref(name: SchemaName): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

export function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: 'input' });
  const entries = Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]);
  return { ...Object.fromEntries(entries), LimitErrorBody: LIMIT_ERROR_BODY };
}
