/*
 * What these pages have in common. Written as pages were when the original SDK was new, and kept that way: they show
 * that such a page runs as it is, once its script tag has another address.
 */

var phone = ATT.rtc.Phone.getPhone()

// ?network=local needs no server: the tabs of this site call each other.
var isLocal = location.search.indexOf('network=local') >= 0

if (isLocal) {
  ATT.rtc.configure({ server: null })
} else {
  ATT.rtc.configure({ api_endpoint: location.protocol + '//' + location.host, ewebrtc_uri: '/RTC/v1' })
}

function media() {
  return { localMedia: document.getElementById('localVideo'), remoteMedia: document.getElementById('remoteVideo') }
}

function onError(error) {
  $('#error').text('Error ' + error.ErrorCode + ': ' + error.ErrorMessage + '. ' + error.Resolution + '.')
}

function onRequestFailed(response) {
  $('#error').text('The server answered ' + response.getResponseStatus() + '. ' + response.responseText)
}

// The sample server of the original gave tokens by kind of user; npm start has one like it.
function requestToken(userType, success) {
  var request = new ATT.RESTClient({
    method: 'POST',
    url: '/tokens',
    data: { app_scope: userType },
    success: function (response) {
      success(response.getJson().access_token)
    },
    error: onRequestFailed,
  })
  request.ajax()
}

function associateAndLogin(userId, token, e911Id) {
  phone.associateAccessToken({
    userId: userId,
    token: token,
    success: function () {
      phone.login({ token: token, e911Id: e911Id })
    },
    error: onError,
  })
}

function signIn() {
  var userId = $('#user').val()
  if (isLocal) {
    phone.login({ token: null, userId: userId })
    return false
  }
  requestToken('ACCOUNT_ID', function (token) {
    associateAndLogin(userId, token, null)
  })
  return false
}

function makeCall(mediaType) {
  phone.dial(ATT.utils.extend({ destination: $('#destination').val(), mediaType: mediaType }, media()))
}

function answerCall(action) {
  phone.answer(ATT.utils.extend({ action: action }, media()))
}

// Network text is text: it never becomes markup. Some events bring nothing, session:disconnected among them.
function tell(name, given) {
  var data = given || {}
  var words = [name]
  if (data.from) words.push('from ' + data.from)
  if (data.to) words.push('to ' + data.to)
  if (data.mediaType) words.push(data.mediaType)
  if (data.tone) words.push(data.tone)
  if (data.message) words.push(data.message)
  $('<li>').attr('data-event', name).text(words.join(' · ')).appendTo('#events')
}

var events = [
  'session:ready',
  'session:disconnected',
  'session:expired',
  'session:call-switched',
  'gateway:unreachable',
  'address-updated',
  'dialing',
  'answering',
  'notification',
  'warning',
  'error',
  'media:established',
  'call:incoming',
  'call:connecting',
  'call:ringback-provided',
  'call:connected',
  'call:disconnecting',
  'call:disconnected',
  'call:canceled',
  'call:rejected',
  'call:held',
  'call:resumed',
  'call:muted',
  'call:unmuted',
  'call:media-modification',
  'call:modification-in-progress',
  'call:state-changed',
  'call:moved',
  'call:transferring',
  'call:transferred',
  'dtmf:tone-sending',
  'dtmf:tone-sent',
  'conference:connecting',
  'conference:connected',
  'conference:disconnecting',
  'conference:ended',
  'conference:held',
  'conference:resumed',
  'conference:joining',
  'conference:canceled',
  'conference:invitation-sending',
  'conference:invitation-sent',
  'conference:invitation-received',
  'conference:invitation-accepted',
  'conference:invitation-rejected',
  'conference:participant-removed',
]

$(document).ready(function () {
  var user = /[?&]user=([^&]*)/.exec(location.search)
  if (user) $('#user').val(decodeURIComponent(user[1]))

  $.each(events, function (_, name) {
    phone.on(name, function (data) {
      tell(name, data)
    })
  })

  phone.on('error', onError)
  phone.on('session:ready', function (data) {
    $('#session').text('Signed in, session ' + data.sessionId)
    $('#sign-in').hide()
    $('#signed-in').show()
  })
  phone.on('session:disconnected', function () {
    $('#session').text('Signed out')
    $('#signed-in').hide()
    $('#sign-in').show()
  })

  function hideIncoming() {
    $('#incoming').hide()
  }
  phone.on('call:incoming', function (data) {
    $('#caller').text(phone.getCallerInfo(data.from).callerId + ' calls')
    $('#incoming').show()
  })
  phone.on('answering', hideIncoming)
  phone.on('call:canceled', hideIncoming)
  phone.on('call:rejected', hideIncoming)
  phone.on('call:disconnected', hideIncoming)
})
