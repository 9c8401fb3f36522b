// What every page has: live panels, times that stay true, keys, the palette, messages. Each in a file of its own.
import "./messages.js";
import "./times.js";
import "./live.js";
import "./focus.js";
import "./choices.js";
import "./palette.js";
import "./keys.js";
import "./sheets.js";
import "./views.js";
