// An integrator's server: it verifies what comes in with two public libraries and holds it against the event catalogue.
import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

export type Schema = Record<string, unknown>;

interface Message {
  body: string;
  attempts: number;
  firstTimestamp: number;
}

export class Receiver {
  readonly messages = new Map<string, Message>();
  readonly faults: string[] = [];
  verified = 0;
  secret = "";
  /** Of an endpoint that is signed for by Ed25519, which the two libraries do not know. */
  publicKey = "";
  verifiedByKey = 0;
  private readonly validate = new Map<string, (value: unknown) => boolean>();
  private readonly server: Server;

  /** @param refuses which messages are answered 500 at their first attempt */
  constructor(private readonly refuses: (received: number) => boolean) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.statusCode = this.receive(Buffer.concat(chunks).toString("utf8"), request.headers);
        response.end();
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Compiles each schema, and holds its example against it. */
  learn(types: { type: string; schema: Schema; example: unknown }[]): void {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    addFormats.default(ajv);
    ajv.addKeyword("x-personal-data");
    for (const { type, schema, example } of types) {
      const check = ajv.compile(schema);
      this.validate.set(type, check);
      if (!check(example)) this.faults.push(`the example of ${type}: ${JSON.stringify(check.errors)}`);
    }
  }

  private receive(body: string, headers: IncomingHttpHeaders): number {
    const given = { "webhook-id": one(headers, "webhook-id"), "webhook-timestamp": one(headers, "webhook-timestamp"), "webhook-signature": one(headers, "webhook-signature") };
    if (given["webhook-signature"].startsWith("v1a,")) {
      if (isSignedByKey(given, body, this.publicKey)) this.verifiedByKey++;
      else this.faults.push(`${given["webhook-id"]} is not signed with ${this.publicKey}`);
      return 200;
    }

    try {
      new Webhook(this.secret).verify(body, given);
      new SvixWebhook(this.secret).verify(body, given);
      this.verified++;
    } catch (error) {
      this.faults.push(`${given["webhook-id"]} does not verify: ${String(error)}`);
    }

    const timestamp = Number(given["webhook-timestamp"]);
    if (Math.abs(Date.now() / 1000 - timestamp) > 60) this.faults.push(`${given["webhook-id"]} has an old timestamp`);
    const event = JSON.parse(body) as { id: string; type: string };
    if (event.id !== given["webhook-id"]) this.faults.push(`${event.id} came as ${given["webhook-id"]}`);
    if (this.validate.get(event.type)?.(event) !== true) this.faults.push(`${event.type} does not follow its schema: ${body}`);

    const known = this.messages.get(event.id);
    if (known === undefined) {
      this.messages.set(event.id, { body, attempts: 1, firstTimestamp: timestamp });
      return this.refuses(this.messages.size) ? 500 : 200;
    }

    known.attempts++;
    if (known.body !== body) this.faults.push(`${event.id} came with another body`);
    if (timestamp <= known.firstTimestamp) this.faults.push(`${event.id} came again with its old timestamp`);
    return 200;
  }
}

function isSignedByKey(headers: Record<string, string>, body: string, publicKey: string): boolean {
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey.replace(/^whpk_/, ""), "base64").toString("base64url") }, format: "jwk" });
  const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  return (headers["webhook-signature"] ?? "").split(" ").some(signature => verify(null, signed, key, Buffer.from(signature.replace(/^v1a,/, ""), "base64")));
}

function one(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value !== "string") throw new Error(`${name} is missing`);
  return value;
}
