// Receives webhooks and verifies them with the library of Standard Webhooks. Prints its port, and then a line for each
// request. The first request is refused as an overloaded server would, to see it come again.
//
//   node receive.mjs SECRET [NEXT]
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const ours = new Webhook(process.argv[2]);
const next = new Webhook(process.argv[3] || process.argv[2]);
const other = new Webhook("whsec_" + Buffer.alloc(32, 7).toString("base64"));
let requests = 0;

// verdict is "" for a request whose signature is right, or why it is not.
function verdict(webhook, body, headers) {
  try {
    webhook.verify(body, headers);
    return "";
  } catch (e) {
    return e.message || String(e);
  }
}

const server = createServer(async (req, res) => {
  const parts = [];
  for await (const part of req) {
    parts.push(part);
  }
  const body = Buffer.concat(parts).toString("utf8");
  const line = {
    id: req.headers["webhook-id"],
    type: req.headers["content-type"],
    refused: requests++ === 0,
    ours: verdict(ours, body, req.headers),
    next: verdict(next, body, req.headers),
    other: verdict(other, body, req.headers),
    changed: verdict(ours, body.replace("1.0", "1.1"), req.headers),
    event: JSON.parse(body),
  };
  console.log(JSON.stringify(line));
  res.writeHead(line.refused ? 503 : 204).end();
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
