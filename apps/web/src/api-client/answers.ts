/**
 * What our API answers, by schemas that a page fetches with its first call: they bring zod along, which the first
 * view of a page can do without.
 */
const schemas = () => import('@megacampus/domain/api');

export const activityAnswer = async () => (await schemas()).activityResponseSchema;
export const cancelAnswer = async () => (await schemas()).cancelResponseSchema;
export const generateAnswer = async () => (await schemas()).generateResponseSchema;
export const statusAnswer = async () => (await schemas()).checkStatusResponseSchema;
export const refusalAnswer = async () => (await schemas()).errorBodySchema;
