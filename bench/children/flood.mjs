// Sends one request again and again on some connections, each when the answer before has come, and says how many were refused.
import { connect } from "node:net";

const [port, connections, seconds, request] = process.argv.slice(2);
const bytes = Buffer.from(request, "base64");
const ends = performance.now() + Number(seconds) * 1000;
const counts = { refused: 0, others: 0 };
let open = Number(connections);

function flood() {
  const socket = connect({ port: Number(port), host: "127.0.0.1", noDelay: true });
  socket.on("connect", () => socket.write(bytes));
  // Answers are shorter than a segment and come one at a time.
  socket.on("data", (data) => {
    if (data.toString("latin1", 9, 12) === "401") counts.refused += 1;
    else counts.others += 1;
    if (performance.now() < ends) socket.write(bytes);
    else socket.end();
  });
  socket.on("error", () => {
    counts.others += 1;
  });
  socket.on("close", () => {
    open -= 1;
    if (open === 0) console.log(JSON.stringify(counts));
  });
}

for (let count = open; count > 0; count -= 1) flood();
