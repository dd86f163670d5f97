/** The single servers of the stack, for tests that must stop or freeze one of their own. */

export { toolsDir } from './paths.ts';
export { createNursery, type Nursery } from './process/nursery.ts';
export { redisUrl, startRedisServer } from './servers/redis.ts';
export { findRedis } from './servers/redis-binary.ts';
