import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { TicketOffice } from '../src/ticket-office.ts'

describe('a ticket', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('is good until its time is over', () => {
    const office = new TicketOffice(30_000)
    const ticket = office.issue('session')
    mock.timers.tick(29_999)
    assert.equal(office.redeem(ticket, 'session'), true)
  })

  it('is not good after that', () => {
    const office = new TicketOffice(30_000)
    const ticket = office.issue('session')
    mock.timers.tick(30_000)
    assert.equal(office.redeem(ticket, 'session'), false)
  })

  it('is good once', () => {
    const office = new TicketOffice(30_000)
    const ticket = office.issue('session')
    office.redeem(ticket, 'session')
    assert.equal(office.redeem(ticket, 'session'), false)
  })

  it('is good for its session alone, and not used up by another', () => {
    const office = new TicketOffice(30_000)
    const ticket = office.issue('session')
    assert.equal(office.redeem(ticket, 'other'), false)
    assert.equal(office.redeem(ticket, 'session'), true)
  })
})
