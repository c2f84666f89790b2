import type { Phone } from '../index.ts'
import { UndefinedEventError } from './undefined-event-error.ts'

/** Marks a phone that has its old face already, by whichever copy of this code. */
const mark = Symbol.for('att.legacy-phone')

type Method = (...args: unknown[]) => unknown

/** By its fields and not by its class: the phone may come from another copy of this code. */
function isPhoneError(error: unknown): error is { readonly ErrorCode: string } {
  return error instanceof Error && 'ErrorCode' in error
}

/** Works detached, `$('#hangup').click(phone.hangup)`, and leaves it to the `error` event to tell of a refusal. */
function detached(phone: Phone, method: Method): Method {
  return (...args) => {
    try {
      return method.apply(phone, args)
    } catch (error) {
      if (!isPhoneError(error)) throw error
      return undefined
    }
  }
}

/** `on` is the one method of the original that threw. */
function throwingOn(phone: Phone, on: Method): Method {
  return (name, ...rest) => {
    try {
      return on.call(phone, name, ...rest)
    } catch (error) {
      throw isPhoneError(error) && error.ErrorCode === '4902' ? new UndefinedEventError(String(name)) : error
    }
  }
}

/** The methods of an object, those of the most derived class first. */
function* methodsOf(object: object): Generator<readonly [string, Method]> {
  let prototype = Object.getPrototypeOf(object) as object | null
  while (prototype && prototype !== Object.prototype) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method: unknown = descriptor.value
      if (typeof method === 'function' && name !== 'constructor') yield [name, method as Method]
    }
    prototype = Object.getPrototypeOf(prototype) as object | null
  }
}

/**
 * Gives a phone the manners that pages of the original SDK lean on, and returns the same object: methods work detached
 * from it, a refused setting is told by the `error` event alone, and `on` throws what the original threw.
 */
export function legacyPhone(phone: Phone): Phone {
  if (mark in phone) return phone
  const own: PropertyDescriptorMap & Record<symbol, PropertyDescriptor> = { [mark]: { value: true } }
  for (const [name, method] of methodsOf(phone)) {
    if (Object.hasOwn(own, name)) continue
    const value = name === 'on' ? throwingOn(phone, method) : detached(phone, method)
    own[name] = { value, configurable: true, writable: true }
  }
  return Object.defineProperties(phone, own)
}
