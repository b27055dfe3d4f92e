const asked = { certificate_no: process.env.NUMBER, name: process.env.NAME };
const reply = await fetch(process.env.MINGBAI + "/api/v1/verifications", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(asked),
});
// any other answer, and no answer at all, means: not confirmed
console.log(reply.ok && (await reply.json()).may_enforce ? "may enforce" : "not confirmed");
