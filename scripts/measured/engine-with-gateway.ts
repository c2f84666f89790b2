/** The engine and the gateway network in one bundle, built only to be weighed: what a page loads that uses nothing else. */
export * from '../../src/index.ts'
export { GatewaySignaling } from '../../src/signaling/gateway/gateway-signaling.ts'
