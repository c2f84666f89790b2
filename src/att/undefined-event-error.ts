import { sdkError } from '../phone/error-catalogue.ts'
import { PhoneError } from '../phone/phone-error.ts'

/**
 * What `on` throws for a name that is no event. The original threw a string; as text, and compared with `==`, this is
 * that string, and it has code 4902 besides.
 */
export class UndefinedEventError extends PhoneError {
  constructor(event: string) {
    super({ ...sdkError('4902'), message: `Event '${event}' not defined` }, 'on')
  }

  override toString(): string {
    return this.message
  }
}
