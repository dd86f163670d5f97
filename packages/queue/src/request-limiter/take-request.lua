--[[
  Takes one of a bounded number of places, or extends the one that this owner has.

  Input:
    KEYS[1] requests  ZSET owner → expiry (ms)

    ARGV[1] owner
    ARGV[2] places in all
    ARGV[3] time to live (ms); 0 gives the place back

  Output:
    1 taken or extended    0 no place is free, or given back    -1 bad number, nothing changed

  The clock is Redis's own. A place whose expiry has passed is free, whoever had it; the whole set vanishes with the
  last one. An owner whose place has run out competes like any other.
]]
local limit, ttlMs = tonumber(ARGV[2]), tonumber(ARGV[3])
local function isWhole(number, least)
  return number and number >= least and number <= 9007199254740991 and number == math.floor(number)
end
if not isWhole(limit, 1) or not isWhole(ttlMs, 0) then
  return -1
end
if ttlMs == 0 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  return 0
end

local time = redis.call('TIME')
local nowMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs)
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= limit then
  return 0
end
redis.call('ZADD', KEYS[1], string.format('%.0f', nowMs + ttlMs), ARGV[1])
redis.call('PEXPIREAT', KEYS[1], string.format('%.0f', tonumber(redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]) + 1000))
return 1
