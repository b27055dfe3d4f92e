/** What an app does with the types that openapi-typescript makes: a page, an officer, a problem. */
import createClient from "openapi-fetch";
import type { components, paths } from "./generated.js";

declare const process: { argv: string[]; env: Record<string, string | undefined> };

const [, , baseUrl = "", number = "", name = ""] = process.argv;
const headers = { "Accept-Language": "en", Authorization: `Bearer ${process.env.MINGBAI_KEY}` };
const client = createClient<paths>({ baseUrl, headers });

const page = await client.GET("/departments", { params: { query: { limit: 3 } } });
const units: components["schemas"]["DepartmentOut"][] = page.data?.items ?? [];

const verified = await client.POST("/verifications", { body: { certificate_no: number, name } });
const result: components["schemas"]["Result"] | undefined = verified.data?.result;

const credentials = await client.GET("/credentials", { params: { query: { limit: 1 } } });
const missing = await client.GET("/permits/{code}", { params: { path: { code: "none" } } });

console.log(
  JSON.stringify({
    units: units.map((unit) => unit.code),
    result,
    credential: credentials.data?.items[0]?.certificate_no,
    problem: missing.error?.code,
    status: missing.response.status,
  }),
);
