--[[
  Counts waiting jobs by the tier of their user, with the time at which the oldest of each was put on the queue.

  Input:
    KEYS[1] prioritized  ZSET of BullMQ
    KEYS[2] wait         LIST of BullMQ
    KEYS[3] delayed      ZSET of BullMQ

    ARGV[1] the prefix of a job's key; its slot is that of the keys above
    ARGV[2] most jobs to look at

  Output: {tier, count, oldest (ms), tier, …}
]]
local ids = redis.call('LRANGE', KEYS[2], 0, ARGV[2] - 1)
for _, key in ipairs({KEYS[1], KEYS[3]}) do
  if #ids < tonumber(ARGV[2]) then
    for _, id in ipairs(redis.call('ZRANGE', key, 0, ARGV[2] - #ids - 1)) do
      ids[#ids + 1] = id
    end
  end
end
local counts, oldest = {}, {}
for _, id in ipairs(ids) do
  local job = redis.call('HMGET', ARGV[1] .. id, 'data', 'timestamp')
  -- In the JSON of a text quotes are escaped, so that only the field itself looks like this.
  local tier = job[1] and string.match(job[1], '"tier":"(%u+)"')
  local at = tonumber(job[2] or '')
  if tier and at then
    counts[tier] = (counts[tier] or 0) + 1
    oldest[tier] = math.min(oldest[tier] or at, at)
  end
end
local reply = {}
for tier, count in pairs(counts) do
  reply[#reply + 1] = tier
  reply[#reply + 1] = count
  reply[#reply + 1] = string.format('%.0f', oldest[tier])
end
return reply
