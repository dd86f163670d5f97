--[[
  Reserves, renews, takes over or restores the lease of one course, all or nothing.

  Input:
    KEYS[1] slots               ZSET courseId → expiry (ms)
    KEYS[2] slots of the user   ZSET courseId → expiry (ms)
    KEYS[3] slot of the course  HASH generationId, userId, reservedAtMs, renewedAtMs
    KEYS[4] global limit        string; absent: ARGV[5]

    ARGV[1] courseId
    ARGV[2] userId
    ARGV[3] generationId
    ARGV[4] limit of the user
    ARGV[5] default of the global limit
    ARGV[6] time to live (ms)
    ARGV[7] generation that may be replaced, or ''
    ARGV[8] '1': the database says the generation is in flight; its lease is restored whatever the limits

  Output: { code, userJobs, userLimit, globalJobs, globalLimit, generationId of the holder or '', heldForMs }
    1 reserved    2 already running    3 user limit    4 global limit    -1 bad number, nothing changed

  The clock is Redis's own. A lease is live while its expiry lies in the future; others are dropped first,
  so that counts are of live leases only. The counts in the reply are those after the reservation.
]]
local courseId, userId, generationId = ARGV[1], ARGV[2], ARGV[3]

-- Compares false for NaN, which would otherwise mean "no limit".
local function positiveInteger(text)
  local number = tonumber(text)
  if number and number >= 1 and number <= 9007199254740991 and number == math.floor(number) then
    return number
  end
  return nil
end

local userLimit = positiveInteger(ARGV[4])
local globalLimit = positiveInteger(redis.call('GET', KEYS[4]) or ARGV[5]) or positiveInteger(ARGV[5])
local ttlMs = positiveInteger(ARGV[6])
if not userLimit or not globalLimit or not ttlMs then
  return { -1, 0, 0, 0, 0, '', 0 }
end

local time = redis.call('TIME')
local nowMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs)
local globalJobs = redis.call('ZCARD', KEYS[1])
local userJobs = redis.call('ZCARD', KEYS[2])
if userJobs > 0 then
  userJobs = userJobs - redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', nowMs)
end

local isLive = globalJobs > 0 and redis.call('ZSCORE', KEYS[1], courseId)
-- What the hash says of a lease that is no longer live does not count; it is overwritten below.
local slot = isLive and redis.call('HMGET', KEYS[3], 'generationId', 'reservedAtMs', 'userId') or {}
local holder = slot[1] or nil
local isOurs = holder == generationId and slot[3] == userId
local isTakeOver = holder and not isOurs and ARGV[7] ~= '' and holder == ARGV[7] and slot[3] == userId

if holder and not isOurs and not isTakeOver then
  return { 2, userJobs, userLimit, globalJobs, globalLimit, holder, math.max(0, nowMs - tonumber(slot[2])) }
end

-- A lease that is taken over makes room for its successor, which is admitted like any other.
if not isOurs and ARGV[8] ~= '1' then
  local own = isTakeOver and 1 or 0
  if userJobs - own >= userLimit then
    return { 3, userJobs, userLimit, globalJobs, globalLimit, '', 0 }
  end
  if globalJobs - own >= globalLimit then
    return { 4, userJobs, userLimit, globalJobs, globalLimit, '', 0 }
  end
end

local now = string.format('%.0f', nowMs)
local expiry = string.format('%.0f', nowMs + ttlMs)
globalJobs = globalJobs + redis.call('ZADD', KEYS[1], expiry, courseId)
local others = userJobs
userJobs = userJobs + redis.call('ZADD', KEYS[2], expiry, courseId)
redis.call('HSET', KEYS[3], 'generationId', generationId, 'userId', userId,
  'reservedAtMs', isOurs and slot[2] or now, 'renewedAtMs', now)

-- The hash and the user's set outlive the lease a little and then vanish by themselves; the set as long as the
-- latest of the user's leases.
redis.call('PEXPIREAT', KEYS[3], string.format('%.0f', nowMs + ttlMs + 60000))
local latestMs = others > 0 and tonumber(redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2]) or nowMs + ttlMs
redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', latestMs + 60000))
return { 1, userJobs, userLimit, globalJobs, globalLimit, generationId, 0 }
