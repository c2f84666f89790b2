// The browsers are Debian's: the puppeteer package, which the test runner depends on, must not download its own.
module.exports = { skipDownload: true }
