--[[
  Extends the lease of one course, if this generation holds it.

  Input:
    KEYS[1] slots               ZSET courseId → expiry (ms)
    KEYS[2] slots of the user   ZSET courseId → expiry (ms)
    KEYS[3] slot of the course  HASH generationId, userId, reservedAtMs, renewedAtMs

    ARGV[1] courseId
    ARGV[2] userId
    ARGV[3] generationId
    ARGV[4] time to live (ms)

  Output:
    1 renewed    0 lost: expired, released or another generation's    -1 bad number, nothing changed

  A lease that has expired is not revived here: its place may have been given away. See reserve.lua.
]]
local ttlMs = tonumber(ARGV[4])
if not (ttlMs and ttlMs >= 1 and ttlMs <= 9007199254740991 and ttlMs == math.floor(ttlMs)) then
  return -1
end

local time = redis.call('TIME')
local nowMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local expiry = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
local slot = redis.call('HMGET', KEYS[3], 'generationId', 'userId')
if expiry <= nowMs or slot[1] ~= ARGV[3] or slot[2] ~= ARGV[2] then
  return 0
end

local expiresAtMs = string.format('%.0f', nowMs + ttlMs)
redis.call('ZADD', KEYS[1], expiresAtMs, ARGV[1])
redis.call('ZADD', KEYS[2], expiresAtMs, ARGV[1])
redis.call('HSET', KEYS[3], 'renewedAtMs', string.format('%.0f', nowMs))
redis.call('PEXPIREAT', KEYS[3], string.format('%.0f', nowMs + ttlMs + 60000))
local userSetUntilMs = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2]
redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', tonumber(userSetUntilMs) + 60000))
return 1
