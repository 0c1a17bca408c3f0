/** Client of the divedeeper API for browsers and Node; see index.d.ts for what each member does. */

export { DiveDeeper } from "./client.js";
export { DiveDeeperError } from "./errors.js";
export { snippetParts } from "./snippet.js";
export { verifySignature } from "./webhook.js";
