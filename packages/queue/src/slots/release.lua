--[[
  Gives the lease of one course back, if this generation holds it.

  Input:
    KEYS[1] slots               ZSET courseId → expiry (ms)
    KEYS[2] slots of the user   ZSET courseId → expiry (ms)
    KEYS[3] slot of the course  HASH generationId, userId, reservedAtMs, renewedAtMs

    ARGV[1] courseId
    ARGV[2] userId
    ARGV[3] generationId

  Output:
    1 released    0 not held: released before, expired or another generation's
]]
local time = redis.call('TIME')
local nowMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local slot = redis.call('HMGET', KEYS[3], 'generationId', 'userId')
if slot[1] ~= ARGV[3] or slot[2] ~= ARGV[2] then
  return 0
end

local expiry = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
return expiry > nowMs and 1 or 0
