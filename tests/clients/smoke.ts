// A program of an integrator's, against the running product: typed by the published document, and told by webhooks.
import createClient from "openapi-fetch";
import type { paths } from "./api.js";
import { Receiver, type Schema } from "./receiver.js";

const deliveries = 1000;
const address = process.argv[2];
if (address === undefined) throw new Error("smoke.js ADDRESS");

let token = "";
const api = createClient<paths>({ baseUrl: address });
api.use({
  onRequest({ request }) {
    if (token !== "") request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
});

function ok<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.url}: ${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

async function catalogue(): Promise<{ type: string; schema: Schema; example: unknown }[]> {
  const names: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = ok(await api.GET("/api/v1/event-types", { params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } } }));
    names.push(...page.data.map(type => type.type));
    if (!page.has_more) break;
    cursor = page.next_cursor;
  }

  return await Promise.all(names.map(async type => {
    const found = ok(await api.GET("/api/v1/event-types/{type}", { params: { path: { type } } }));
    return { type, schema: found.schema as Schema, example: found.example };
  }));
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 120_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`${what} did not come within two minutes`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

// 1. a business of one's own, with the types that were generated
const session = ok(await api.POST("/api/v1/auth/register", { body: { email: "dev@integrator.example", password: "correct horse battery", full_name: "Dev" } }));
token = session.access_token;
const business = ok(await api.POST("/api/v1/businesses", { body: { name: "Integrated", subdomain: "integrated", currency: "EUR", timezone: "Europe/Berlin", mode: "live" } }));
token = ok(await api.POST("/api/v1/auth/switch-business", { body: { business_id: business.id } })).access_token;

const category = ok(await api.POST("/api/v1/business/categories", { body: { name: "Garden" } }));
const product = ok(await api.POST("/api/v1/business/products", {
  body: { name: "Watering can", category_id: category.id, variants: [{ name: "green", price: { amount: 1299, currency: "EUR" } }], publish: true },
}));
const variant = product.variants[0];
if (variant === undefined) throw new Error("The product has no variant.");
const read = ok(await api.GET("/api/v1/business/products/{product_id}", { params: { path: { product_id: product.id } } }));
if (read.variants[0]?.price.amount !== 1299) throw new Error("The price is another one.");
const refused = await api.GET("/api/v1/business/products/{product_id}", { params: { path: { product_id: business.id } } });
if (refused.error?.code !== "not_found") throw new Error("A stranger's id is not refused as documented.");

// 2. every event type is as documented, and a thousand deliveries verify, one in ten at the second attempt
const receiver = new Receiver(received => received % 10 === 0);
const url = await receiver.start();
receiver.learn(await catalogue());
receiver.secret = ok(await api.POST("/api/v1/webhook-endpoints", { body: { url, event_types: ["category.*"], ordering: "none" } })).secret ?? "";
for (let made = 0; made < deliveries; made += 20) {
  await Promise.all(Array.from({ length: 20 }, async (_, i) =>
    ok(await api.POST("/api/v1/business/categories", { body: { name: `Category ${made + i}`, slug: `category-${made + i}` } }))));
}

const again = () => [...receiver.messages.values()].filter(message => message.attempts > 1).length;
await until(() => receiver.messages.size >= deliveries && again() >= deliveries / 10, `${deliveries} deliveries`);

// 3. the other signature
const signed = ok(await api.POST("/api/v1/webhook-endpoints", { body: { url, event_types: ["order.placed"], signature: "ed25519" } }));
receiver.publicKey = signed.public_key ?? "";
ok(await api.POST("/api/v1/webhook-endpoints/{endpoint_id}/test", { params: { path: { endpoint_id: signed.id } } }));
await until(() => receiver.verifiedByKey + receiver.faults.length > 0, "the message signed by Ed25519");
receiver.stop();
if (receiver.faults.length > 0) throw new Error(`${receiver.faults.length} faults, such as\n${receiver.faults.slice(0, 5).join("\n")}`);
console.log(`${receiver.messages.size} messages in ${receiver.verified} attempts verified by standardwebhooks and svix, ${again()} of them sent again with the same bytes; one by Ed25519`);
