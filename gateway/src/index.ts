export { createGateway, type Gateway } from './gateway.ts'
export type { GatewayOptions, TokenIssuer } from './gateway-options.ts'
export type { E911Address, E911Provider, E911Registration } from './e911-provider.ts'
export type { ServedFolder } from './routes/served-folders.ts'
