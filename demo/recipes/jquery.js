/* global $ */
$('att-phone').on('att-call-connected', function (event) {
  $('#talking').text(event.originalEvent.detail.to)
})
$('att-phone').on('att-call-disconnected', function () {
  $('#talking').text('nobody')
})
$('#call').on('click', function () {
  $('att-phone').get(0).phone.dial({ destination: 'echo', mediaType: 'audio' })
})
$('#hang-up').on('click', function () {
  $('att-phone').get(0).phone.hangup()
})
