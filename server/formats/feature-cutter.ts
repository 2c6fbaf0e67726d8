/** A feature of GeoJSON as text, or null where it was too large to keep. */
export type FeatureText = string | null

const mostFeatureBytes = 48 * 2 ** 20
const [quoteMark, backslash, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]
const recordSeparator = String.fromCharCode(0x1e)

/**
 * Cuts GeoJSON into its features without holding more than one: a FeatureCollection, one feature per line (with or without RS, RFC
 * 8142), or a single feature. What stands around the features is kept as `frame`.
 */
export class FeatureCutter {
  features: FeatureText[] = []
  frame = ''
  isCollection = false
  #depth = 0
  #isInText = false
  #isEscaped = false
  /** Depth at which features stand: 2 in a collection, 0 line by line, -1 behind the list. */
  #featureDepth = 0
  #pending: Buffer[] = []
  #pendingBytes = 0
  #isTooLarge = false
  #from = 0

  write(chunk: Buffer): void {
    this.#from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (this.#isInText) this.#passText(byte)
      else if (byte === quoteMark) this.#isInText = true
      else if (byte === openBrace) this.#openObject(chunk, at)
      else if (byte === openBracket) this.#openList(chunk, at)
      else if (byte === closeBrace) this.#closeObject(chunk, at)
      else if (byte === closeBracket) this.#closeList()
    }
    this.#keep(chunk, chunk.length)
  }

  end(): void {
    this.#toFrame()
  }

  /** Whether nothing was left open. */
  isWhole(): boolean {
    return this.#depth === 0 && !this.#isInText
  }

  #passText(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === backslash) this.#isEscaped = true
    else if (byte === quoteMark) this.#isInText = false
  }

  #openObject(chunk: Buffer, at: number): void {
    if (this.#depth === this.#featureDepth) {
      this.#keep(chunk, at)
      this.#toFrame()
    }
    this.#depth += 1
  }

  #openList(chunk: Buffer, at: number): void {
    this.#depth += 1
    if (this.#depth !== 2 || this.#featureDepth !== 0) return
    this.#keep(chunk, at + 1)
    const before = Buffer.concat(this.#pending.slice(-2)).toString('utf8')
    if (!/"features"\s*:\s*\[$/.test(before)) return
    this.isCollection = true
    this.#featureDepth = 2
    this.#toFrame()
  }

  #closeObject(chunk: Buffer, at: number): void {
    this.#depth -= 1
    if (this.#depth !== this.#featureDepth) return
    this.#keep(chunk, at + 1)
    this.features.push(this.#takePending())
  }

  #closeList(): void {
    this.#depth -= 1
    if (this.isCollection && this.#depth === 1) this.#featureDepth = -1
  }

  /** Keeps the bytes of the chunk that were not kept yet, up to `to`. */
  #keep(chunk: Buffer, to: number): void {
    const bytes = chunk.subarray(this.#from, to)
    this.#from = to
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes > mostFeatureBytes) {
      this.#isTooLarge = true
      this.#pending = []
    } else if (bytes.length > 0) this.#pending.push(Buffer.from(bytes))
  }

  #takePending(): FeatureText {
    const text = this.#isTooLarge ? null : Buffer.concat(this.#pending).toString('utf8')
    this.#pending = []
    this.#pendingBytes = 0
    this.#isTooLarge = false
    return text
  }

  /** Commas, line ends and separators between features are not worth keeping. */
  #toFrame(): void {
    const text = this.#takePending()?.replaceAll(recordSeparator, '') ?? ''
    if (/[^\s,]/.test(text)) this.frame += text
  }
}
