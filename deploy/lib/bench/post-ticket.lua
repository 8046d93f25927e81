-- Posts tickets of a thousand customers, in three languages; with HELPDESK_IDEMPOTENT set, each under an Idempotency-Key of its own.
local threads = 0
setup = function(thread)
  threads = threads + 1
  thread:set("id", threads)
end
local idempotent, posted = os.getenv("HELPDESK_IDEMPOTENT"), 0
local locales = { "en", "tr", "fi" }
request = function()
  local customer = math.random(1, 1000)
  local body = string.format(
    '{"subject":"Invoice %d is wrong","body":"The amount on the invoice does not match what we agreed on in March. Please look into it.",' ..
    '"requester":{"email":"customer%d@example.org","name":"Customer %d","locale":"%s","timeZone":"Europe/Helsinki"},"channel":"web","queue":"billing"}',
    customer, customer, customer, locales[customer % 3 + 1])
  local headers = { ["Authorization"] = "Bearer " .. os.getenv("HELPDESK_KEY"), ["Content-Type"] = "application/json" }
  if idempotent then
    posted = posted + 1
    headers["Idempotency-Key"] = string.format("%s-%d-%d", idempotent, id, posted)
  end
  return wrk.format("POST", "/v1/tickets", headers, body)
end
local failed = 0
response = function(status) if status ~= 201 then failed = failed + 1 end end
done = function(summary)
  io.write(string.format("posted %d in %.3f s, %d not 2xx, %d socket errors\n", summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
