/*
 * All that can happen to a call that is up, and what a page may do with one. One part, loaded beside sign-in: what the
 * network tells of a call is handled by code that is there.
 */

export { callChanges } from './call-changes.ts'
export * from './call-features.ts'
export * from './call-operations.ts'
export { keepCalls } from './keep-calls.ts'
export * from './second-call.ts'
