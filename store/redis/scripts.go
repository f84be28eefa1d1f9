package redis

import goredis "github.com/redis/go-redis/v9"

// A change travels as a flat list, key by key:
//
//	<key> <fields to delete, or -1 for the whole key> <fields to write> <field>… <field> <value>…
//
// All numbers that matter, the positions, are compared as text: Lua's numbers are doubles.
//
// Lists are cut into pieces before they become arguments of a command, as Lua has room for a few thousand only.
const luaChange = `
local meta, index, prefix = KEYS[1], KEYS[2], KEYS[3]
local from, to, writer, ttl = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local piece = 200

local function spread(command, key, list, first, last)
  while first <= last do
    local stop = math.min(first + piece - 1, last)
    redis.call(command, key, unpack(list, first, stop))
    first = stop + 1
  end
end

-- join adds the keys that are written to the index and returns those that are new there.
local function join(names)
  local new = {}
  for first = 1, #names, piece do
    local stop = math.min(first + piece - 1, #names)
    local known = redis.pcall('SMISMEMBER', index, unpack(names, first, stop))
    local missing = {}
    for i = first, stop do
      local is
      if known.err then -- a server older than 6.2
        is = redis.call('SISMEMBER', index, names[i])
      else
        is = known[i - first + 1]
      end
      if is == 0 and not new[names[i]] then
        new[names[i]] = true
        missing[#missing + 1] = names[i]
      end
    end
    if #missing > 0 then
      redis.call('SADD', index, unpack(missing))
    end
  end
  return new
end

local function written(list, at)
  local names = {}
  while at <= #list do
    local gone, set = math.max(tonumber(list[at + 1]), 0), tonumber(list[at + 2])
    if set > 0 then
      names[#names + 1] = list[at]
    end
    at = at + 3 + gone + 2 * set
  end
  return names
end

local function change(list, at)
  local new, cut = join(written(list, at)), {}
  while at <= #list do
    local name, gone, set = list[at], tonumber(list[at + 1]), tonumber(list[at + 2])
    local key = prefix .. name
    at = at + 3
    if gone ~= 0 then
      cut[name] = true
    end
    if gone < 0 then
      redis.call('DEL', key)
      gone = 0
    elseif gone > 0 then
      spread('HDEL', key, list, at, at + gone - 1)
    end
    at = at + gone
    if set > 0 then
      if new[name] then
        redis.call('DEL', key) -- left over from a group that was evicted
      end
      spread('HSET', key, list, at, at + 2 * set - 1)
      if new[name] or cut[name] then
        redis.call('PEXPIRE', key, ttl)
      end
      new[name] = nil
    end
    at = at + 2 * set
  end
  for name in pairs(cut) do
    if redis.call('EXISTS', prefix .. name) == 0 then
      redis.call('SREM', index, name)
    end
  end
end

local held = redis.call('HMGET', meta, 'position', 'writer')
local position = held[1] or '0'
if position == to and held[2] == writer then
  return 1
end
if position ~= from then
  return 0
end
if not held[1] then
  for _, name in ipairs(redis.call('SMEMBERS', index)) do
    redis.call('DEL', prefix .. name)
  end
  redis.call('DEL', index)
end
`

// luaFinish moves the position and, once a quarter of the time to live has passed, renews every key of the group.
const luaFinish = `
redis.call('HSET', meta, 'position', to, 'writer', writer, 'keys', redis.call('SCARD', index))
local left = redis.call('PTTL', meta)
if left < ttl * 3 / 4 then
  for _, name in ipairs(redis.call('SMEMBERS', index)) do
    redis.call('PEXPIRE', prefix .. name, ttl)
  end
  redis.call('PEXPIRE', meta, ttl)
  redis.call('PEXPIRE', index, ttl)
end
if redis.call('PTTL', index) == -1 then
  redis.call('PEXPIRE', index, ttl)
end
return 1
`

// newApply makes the script that takes a whole change in its arguments.
func newApply() *goredis.Script {
	return goredis.NewScript(luaChange + "change(ARGV, 5)\n" + luaFinish)
}

// newCommit makes the script that takes a large change from the lists named in KEYS, from the fourth on.
func newCommit() *goredis.Script {
	return goredis.NewScript(luaChange + `
for i = 4, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 0 then
    return redis.error_reply('ERR part ' .. i - 3 .. ' of the change is gone')
  end
end
for i = 4, #KEYS do
  change(redis.call('LRANGE', KEYS[i], 0, -1), 1)
  redis.call('DEL', KEYS[i])
end
` + luaFinish)
}

// newDrop makes the script that forgets a group which has lost keys, unless somebody has moved it meanwhile.
func newDrop() *goredis.Script {
	return goredis.NewScript(`
local meta, index, prefix = KEYS[1], KEYS[2], KEYS[3]
if redis.call('HGET', meta, 'writer') ~= ARGV[1] then
  return 0
end
for _, name in ipairs(redis.call('SMEMBERS', index)) do
  redis.call('DEL', prefix .. name)
end
redis.call('DEL', meta, index)
return 1
`)
}
