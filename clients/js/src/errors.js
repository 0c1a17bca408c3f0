/** What went wrong, in the words of the server where it could be reached. */
export class DiveDeeperError extends Error {
  /**
   * @param {string} message
   * @param {{status?: number, code?: string, remedy?: string, retryAfter?: number | null,
   *   cause?: unknown}} [details]
   */
  constructor(message, { status = 0, code = "unreachable", remedy = "", retryAfter = null, cause } = {}) {
    super(message, { cause });
    this.name = "DiveDeeperError";
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.retryAfter = retryAfter;
  }
}

/** Read the error of an answer; one that is not in the API's form comes from something between. */
export async function errorOfAnswer(answer) {
  const text = await answer.text().catch(() => "");
  const seconds = Number(answer.headers.get("retry-after") ?? NaN);
  const details = { status: answer.status, retryAfter: Number.isFinite(seconds) ? seconds : null };
  try {
    const { code, message, remedy } = JSON.parse(text).error;
    return new DiveDeeperError(message, { ...details, code, remedy });
  } catch {
    return new DiveDeeperError(`The server answered ${answer.status}.`, { ...details, code: "unknown" });
  }
}
