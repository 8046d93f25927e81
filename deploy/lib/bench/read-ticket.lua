-- Reads tickets of a desk of HELPDESK_TICKETS tickets, any of them.
local tickets, threads = tonumber(os.getenv("HELPDESK_TICKETS")), 0
setup = function(thread)
  threads = threads + 1
  thread:set("id", threads)
end
init = function() math.randomseed(id) end
local headers = { ["Authorization"] = "Bearer " .. os.getenv("HELPDESK_KEY") }
request = function() return wrk.format("GET", "/v1/tickets/" .. math.random(1, tickets), headers) end
done = function(summary)
  io.write(string.format("read %d in %.3f s, %d not 2xx, %d socket errors\n", summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
