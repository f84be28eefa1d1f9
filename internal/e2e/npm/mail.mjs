// Takes mail in as the SMTP server of nodemailer does, with STARTTLS and a login, and reads it with mailparser. Prints its port,
// and then a line for each mail. Who logs in with another password, or sends before, is refused.
//
//   node mail.mjs KEYFILE CERTFILE USER PASSWORD
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";
import { simpleParser } from "mailparser";

const [key, cert, user, password] = process.argv.slice(2);
const server = new SMTPServer({
  key: readFileSync(key),
  cert: readFileSync(cert),
  authMethods: ["PLAIN", "LOGIN"],
  onAuth(auth, session, callback) {
    if (!session.secure || auth.username !== user || auth.password !== password) {
      return callback(new Error("wrong user or password: " + auth.password));
    }
    callback(null, { user });
  },
  onRcptTo(address, session, callback) {
    if (address.address.startsWith("nobody@")) {
      return callback(Object.assign(new Error("no such person"), { responseCode: 550 }));
    }
    callback();
  },
  async onData(stream, session, callback) {
    const mail = await simpleParser(stream);
    console.log(
      JSON.stringify({
        secure: session.secure,
        user: session.user,
        to: session.envelope.rcptTo.map((r) => r.address),
        from: mail.from.text,
        subject: mail.subject,
        id: mail.messageId,
        thread: [].concat(mail.references)[0],
        text: mail.text,
        html: mail.html,
      }),
    );
    callback();
  },
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.server.address().port })));
