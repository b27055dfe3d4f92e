import { Webhook } from "standardwebhooks";

export function received(secret, headers, body) {
  try {
    const event = new Webhook(secret).verify(body, headers);
    console.log(event.seq, event.type); // known already? the seq tells
    return 204;
  } catch {
    return 401;
  }
}
