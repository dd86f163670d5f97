--[[
  Takes a lock that is free, or extends it where this owner has it.

  Input:
    KEYS[1] lock  STRING owner

    ARGV[1] owner
    ARGV[2] time to live (ms); 0 gives it back

  Output:
    1 held    0 someone else's, or given back
]]
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then
  return 0
end
if tonumber(ARGV[2]) <= 0 then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
