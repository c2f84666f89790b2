export { createGateway, type Gateway } from './gateway.ts'
export type { GatewayOptions, TokenIssuer } from './gateway-options.ts'
export type { ServedFolder } from './routes/served-folders.ts'
