-- Answers tickets that nobody has answered, each once: those whose ids stand in the file HELPDESK_UNANSWERED, one a line, in its order.
local threads = {}
setup = function(thread)
  table.insert(threads, thread)
  thread:set("id", #threads)
end
local tickets, answered = {}, 0
init = function()
  local line = 0
  for ticket in io.lines(os.getenv("HELPDESK_UNANSWERED")) do
    line = line + 1
    -- Two threads share them.
    if line % 2 == id % 2 then table.insert(tickets, ticket) end
  end
end
local headers = { ["Authorization"] = "Bearer " .. os.getenv("HELPDESK_KEY"), ["Content-Type"] = "application/json" }
local body = '{"author":"agent","authorId":"anna","body":"You are right: the amount was wrong, and a corrected invoice is on its way to you. Please excuse the trouble."}'
request = function()
  answered = answered + 1
  local ticket = tickets[answered]
  if not ticket then refused = refused or "no unanswered tickets were left" end
  return wrk.format("POST", "/v1/tickets/" .. (ticket or 0) .. "/messages", headers, body)
end
response = function(status, _, said) if status ~= 201 then refused = refused or status .. " " .. said end end
done = function(summary)
  io.write(string.format("answered %d in %.3f s, %d not 2xx, %d socket errors\n", summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
  for _, thread in ipairs(threads) do
    if thread:get("refused") then io.write("refused: " .. thread:get("refused") .. "\n") end
  end
end
