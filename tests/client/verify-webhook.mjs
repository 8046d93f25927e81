// A receiver in small: reads { secret, headers, body } from standard input and verifies it as the specification's own library does.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  const event = new Webhook(secret).verify(body, headers);
  console.log(`verified ${event.id}`);
} catch (error) {
  console.log(`refused: ${error.message}`);
}
