import { allErrorTexts, apiError, sdkError } from '../phone/error-catalogue.ts'
import { PhoneError } from '../phone/phone-error.ts'

/** An error of the phone itself, by its code; 0001, which tells the code, for one that is not known. */
function getSDKError(code: string | number): PhoneError {
  const text = sdkError(code)
  return new PhoneError(text, text.method)
}

/** An error the network answered with, by HTTP status and the message id of its body. */
function getAPIError(status: string | number, messageId?: string): PhoneError {
  const text = apiError(status, messageId)
  return new PhoneError(text, text.method, { httpStatusCode: String(status), ...(messageId && { messageId }) })
}

/** An error of either kind, by its code. */
function getError(code: string | number): PhoneError {
  const text = allErrorTexts().find((each) => each.code === String(code)) ?? sdkError(code)
  return new PhoneError(text, text.method)
}

/** What each error code means, as the error object that the `error` event would carry. */
export const errorDictionary = { getError, getSDKError, getAPIError }
