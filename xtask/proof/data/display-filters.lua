-- Prints, per display filter of a list, the numbers of the frames that pass it: `FILTER<tab>1,2,3`, or `error` for a filter that is none.
-- tshark -X lua_script:display-filters.lua -X lua_script1:LIST -q -r CAPTURE
local list = ...
local filters, found = {}, {}
for filter in io.lines(list) do
  local frames = {}
  local is_valid, listener = pcall(Listener.new, "frame", filter)
  if is_valid then
    function listener.packet(packet) frames[#frames + 1] = packet.number end
  else
    frames[1] = "error"
  end
  filters[#filters + 1], found[#found + 1] = filter, frames
end

local every_frame = Listener.new("frame")
function every_frame.packet() end
function every_frame.draw()
  for place, filter in ipairs(filters) do
    print(filter .. "\t" .. table.concat(found[place], ","))
  end
end
