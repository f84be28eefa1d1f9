// Prints the events of outages that a NATS server sends, one a line.
//
//   node subscribe.mjs live URL USER PASSWORD      from now on, until it is ended
//   node subscribe.mjs stored URL USER PASSWORD    all that the stream holds, then ends
//   node subscribe.mjs durable URL USER PASSWORD   the confirmations that a durable consumer has not acknowledged yet, then ends
import { connect } from "@nats-io/transport-node";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";

const [mode, servers, user, pass] = process.argv.slice(2);
const nc = await connect({ servers, user: user || undefined, pass: pass || undefined });

if (mode === "live") {
  const sub = nc.subscribe("outcry.outages.>");
  await nc.flush();
  console.error("ready");
  for await (const m of sub) {
    console.log(JSON.stringify({ subject: m.subject, event: m.json() }));
  }
} else if (mode === "durable") {
  // What docs/subscribe.md does with the nats command.
  const manager = await jetstreamManager(nc);
  await manager.consumers.add("OUTAGES", {
    durable_name: "mine",
    deliver_policy: "all",
    ack_policy: "explicit",
    filter_subject: "outcry.outages.*.confirmed",
  });
  const consumer = await jetstream(nc).consumers.get("OUTAGES", "mine");
  for await (const m of await consumer.fetch({ max_messages: 100, expires: 1000 })) {
    console.log(JSON.stringify({ subject: m.subject, event: m.json() }));
    await m.ackAck();
  }
  await nc.close();
} else {
  const consumer = await jetstream(nc).consumers.get("OUTAGES", { filter_subjects: ["outcry.outages.>"] });
  for await (const m of await consumer.consume()) {
    console.log(JSON.stringify({ subject: m.subject, event: m.json() }));
    if (m.info.pending === 0) {
      break;
    }
  }
  await nc.close();
}
