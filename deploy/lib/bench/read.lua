-- Reads from a desk of HELPDESK_TICKETS tickets, after HELPDESK_READ: "ticket", any of them; "list", the newest 50 of a queue; "search", the newest 50 with a word.
local tickets, threads = tonumber(os.getenv("HELPDESK_TICKETS")), 0
setup = function(thread)
  threads = threads + 1
  thread:set("id", threads)
end
init = function() math.randomseed(id) end
local function any(of) return of[math.random(1, #of)] end
local paths = {
  ticket = function() return "/v1/tickets/" .. math.random(1, tickets) end,
  list = function() return "/v1/tickets?queue=" .. any({ "billing", "support", "sales", "returns" }) end,
  search = function() return "/v1/tickets?sort=-createdAt&q=" .. any({ "invoice", "password" }) end,
}
local path = paths[os.getenv("HELPDESK_READ")]
local headers = { ["Authorization"] = "Bearer " .. os.getenv("HELPDESK_KEY") }
request = function() return wrk.format("GET", path(), headers) end
done = function(summary)
  io.write(string.format("read %d in %.3f s, %d not 2xx, %d socket errors\n", summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
