--[[
  Says in which state each of some jobs is, all at one instant: a job that moves meanwhile is never seen as missing.

  Input:
    KEYS[1] prioritized  ZSET    KEYS[2] wait       LIST    KEYS[3] delayed  ZSET
    KEYS[4] active       LIST    KEYS[5] completed  ZSET    KEYS[6] failed   ZSET

    ARGV    jobIds

  Output: a number for each
    0 missing    1 waiting (prioritized or wait)    2 active    3 delayed    4 completed    5 failed
]]
local function isIn(key, jobId)
  return redis.call('ZSCORE', key, jobId)
end

local states = {}
for index, jobId in ipairs(ARGV) do
  local state = 0
  if isIn(KEYS[1], jobId) or redis.call('LPOS', KEYS[2], jobId) then
    state = 1
  elseif redis.call('LPOS', KEYS[4], jobId) then
    state = 2
  elseif isIn(KEYS[3], jobId) then
    state = 3
  elseif isIn(KEYS[5], jobId) then
    state = 4
  elseif isIn(KEYS[6], jobId) then
    state = 5
  end
  states[index] = state
end
return states
