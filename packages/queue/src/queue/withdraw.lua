--[[
  Takes a job off the queue if no worker has it, and says what it was. One script, because between a look and a
  removal a worker can take the job; BullMQ's own removal also deletes jobs that have ended, and active ones whose
  lock has just expired, without saying so.

  Input:
    KEYS[1] prioritized  ZSET    KEYS[2] wait       LIST    KEYS[3] delayed  ZSET
    KEYS[4] active       LIST    KEYS[5] completed  ZSET    KEYS[6] failed   ZSET
    KEYS[7] job          HASH    KEYS[8] job's log  LIST

    ARGV[1] jobId

  Output:
    1 removed    2 active: a worker has it    3 ended: completed or failed, left as it is    0 there is none
]]
local jobId = ARGV[1]
if redis.call('LPOS', KEYS[4], jobId) then
  return 2
end
if redis.call('ZSCORE', KEYS[5], jobId) or redis.call('ZSCORE', KEYS[6], jobId) then
  return 3
end

local removed = redis.call('ZREM', KEYS[1], jobId) + redis.call('LREM', KEYS[2], 0, jobId)
  + redis.call('ZREM', KEYS[3], jobId)
-- Also where it was on no list: a record without a place would make adding the job again do nothing, for ever.
redis.call('DEL', KEYS[7], KEYS[8])
return removed > 0 and 1 or 0
