import { isInPage } from '../base/call-sight.ts'
import { Phone } from '../../src/phone/phone.ts'
import { accountText, whenIdle, type Account, type SignIn } from './sign-in.ts'

const key = Symbol.for('att.page-phone-owner')
const page = globalThis as { [key]?: WeakRef<Element> | undefined }

/** The lines of tags in the page, and of those that left it and may still be in a call; the latest last. */
const lines = new Set<TagLine>()

/**
 * The phone of one `<att-phone>`. The first of a page shows the page's phone, which is also what the tags outside of any
 * use; each further one has a line of its own; or the page sets one. A tag that takes the place of another (a fragment
 * of markup written anew) takes over its phone, with the call and the session.
 */
export class TagLine {
  #phone: Phone | null = null
  #given = false

  /** `changed` is called when the tag has got another phone by taking over. */
  constructor(
    private readonly host: Element,
    private readonly signIn: SignIn,
    private readonly account: () => Account,
    private readonly changed: () => void,
  ) {}

  get phone(): Phone | null {
    return this.#phone
  }

  /** The page sets the phone, or with `null` leaves it to the tag again. */
  set(phone: Phone | null): void {
    if (phone !== this.#phone) this.#quit()
    this.#phone = phone
    this.#given = phone !== null
  }

  /** The phone to show, now that the tag is in the page. */
  claim(): Phone {
    if (this.#phone && this.#given) return this.#phone
    lines.delete(this)
    lines.add(this)
    const pagePhone = Phone.getPhone()
    if (this.#phone && this.#phone !== pagePhone) return this.#phone
    const left = this.#phone ? undefined : [...lines].find((line) => line.#isLeftFor(this))
    if (left) this.#takeOver(left)
    else this.#claimPagePhone(pagePhone)
    return (this.#phone ??= new Phone())
  }

  /** The tag has left the page for good. */
  leave(): void {
    const phone = this.#phone
    const successor = this.#given ? undefined : [...lines].reverse().find((line) => line.#canSucceed(this))
    if (successor) {
      successor.#takeOver(this)
      successor.changed()
      return
    }
    this.signIn.leave(() => this.#end(phone))
    const forget = (): void => {
      if (!isInPage(this.host)) lines.delete(this)
    }
    if (phone) whenIdle(phone, new AbortController().signal, forget)
  }

  #claimPagePhone(pagePhone: Phone): void {
    const holder = page[key]?.deref()
    if (holder && holder !== this.host && isInPage(holder)) return
    const before = [...lines].find((line) => line !== this && line.host === holder && line.#phone === pagePhone)
    if (before) this.#takeOver(before)
    this.#phone = pagePhone
    page[key] = new WeakRef(this.host)
  }

  /** A line of its own, in a call, that a tag has left behind which was as `other` is. */
  #isLeftFor(other: TagLine): boolean {
    if (this === other || this.#given || !this.#phone || isInPage(this.host)) return false
    return this.#phone !== Phone.getPhone() && this.#accountText === other.#accountText
  }

  /** Whether this line is idle and stands for the same account: both were in the page for a moment. */
  #canSucceed(left: TagLine): boolean {
    const phone = left.#phone
    if (this === left || this.#given || !this.#phone || !phone || this.#phone === phone) return false
    const wanted = phone === Phone.getPhone() || phone.snapshot.calls.length > 0
    const free = this.#phone.snapshot.calls.length === 0
    return wanted && free && isInPage(this.host) && this.#accountText === left.#accountText
  }

  get #accountText(): string {
    return accountText(this.account())
  }

  #takeOver(left: TagLine): void {
    const phone = left.#phone
    if (!phone) return
    const own = this.#phone
    if (own && own !== phone) {
      this.signIn.release()
      void own.dispose()
    }
    this.#phone = phone
    if (phone === Phone.getPhone()) page[key] = new WeakRef(this.host)
    this.signIn.adopt(phone, left.signIn.release())
    left.#phone = null
    lines.delete(left)
  }

  /** Another phone comes in place of this one, which ends when it is idle. */
  #quit(): void {
    const phone = this.#phone
    if (!phone) return
    const own = !this.#given
    this.signIn.drop(() => own && this.#end(phone))
    lines.delete(this)
    if (page[key]?.deref() === this.host) page[key] = undefined
  }

  /** Nobody shows that phone any more, and nobody is signed in on it. */
  #end(phone: Phone | null): void {
    if (this.#given || !phone || phone === Phone.getPhone()) return
    if (this.#phone === phone) this.#phone = null
    lines.delete(this)
    void phone.dispose()
  }
}
