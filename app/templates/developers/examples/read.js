const register = process.env.MINGBAI + "/api/v1";
let cursor = "";
do {
  const page = await (await fetch(`${register}/permits?limit=200${cursor}`)).json();
  for (const permit of page.items) console.log(permit.code, permit.name);
  cursor = page.has_more ? `&cursor=${encodeURIComponent(page.next_cursor)}` : "";
} while (cursor);
