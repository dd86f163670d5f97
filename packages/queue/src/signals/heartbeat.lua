--[[
  Records that a worker is alive until a moment by Redis's clock, and forgets those whose moment has passed.

  Input:
    KEYS[1] workers  ZSET workerId → expiry (ms)

    ARGV[1] workerId, or '' to record nobody
    ARGV[2] time to live (ms); 0: the worker has left

  Output: how many workers are alive
]]
local time = redis.call('TIME')
local nowMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local ttlMs = tonumber(ARGV[2])
if ARGV[1] ~= '' then
  redis.call('ZADD', KEYS[1], string.format('%.0f', nowMs + ttlMs), ARGV[1])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs)
return redis.call('ZCARD', KEYS[1])
