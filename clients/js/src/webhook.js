const TOLERANCE_SECONDS = 300;

/**
 * Tell whether a delivery of the webhook is genuine and recent.
 *
 * The header is `t=SECONDS,v1=HEX`: the HMAC-SHA-256, by the secret, of the seconds, a full stop
 * and the body as it came.
 */
export async function verifySignature(secret, header, body, { tolerance = TOLERANCE_SECONDS, now = Date.now() / 1000 } = {}) {
  const found = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "");
  if (!found || Math.abs(now - Number(found[1])) > tolerance) return false;
  const encoder = new TextEncoder();
  const content = typeof body === "string" ? encoder.encode(body) : new Uint8Array(body);
  const start = encoder.encode(`${found[1]}.`);
  const signed = new Uint8Array(start.length + content.length);
  signed.set(start);
  signed.set(content, start.length);
  const hash = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), hash, false, ["verify"]);
  const signature = Uint8Array.from(found[2].match(/../g), (digits) => parseInt(digits, 16));
  return crypto.subtle.verify("HMAC", key, signature, signed);
}
