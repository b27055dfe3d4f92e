/** Whether a delivery is genuine, by the library of the standard; reads [secret, headers, body]. */
import { Webhook } from "standardwebhooks";

let text = "";
for await (const part of process.stdin) text += part;
for (const [secret, headers, body] of JSON.parse(text)) {
  let told;
  try {
    told = new Webhook(secret).verify(body, headers).type;
  } catch (error) {
    told = error.constructor.name;
  }
  console.log(told);
}
