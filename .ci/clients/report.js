// What all checks have in common: pictures, a service to ask, and how the result is told.
const fs = require('fs')
const path = require('path')
const util = require('util')
const zlib = require('zlib')
const { setTimeout: sleep } = require('timers/promises')

const [base, folder] = process.argv.slice(2)
const admin = { authorization: `Bearer ${process.env.ADMIN_TOKEN}` }
let passed = 0
let failed = 0

/** Past the console, which some clients use for themselves. */
function say (line) {
  fs.writeSync(1, `${line}\n`)
}

/** One fact: told if it does not hold. */
function expect (what, holds, shown = '') {
  if (holds) {
    passed++
  } else {
    failed++
    say(`FAILED ${what} ${typeof shown === 'string' ? shown : util.inspect(shown)}`)
  }
}

/** Runs all, whatever fails. */
async function main (checks) {
  try {
    await started()
    await checks()
  } catch (e) {
    expect('to come to the end', false, e)
  }
  say(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}

async function started () {
  for (let i = 0; i < 240; i++) {
    const answer = await fetch(`${base}/health`).catch(() => null)
    if (answer && answer.status === 200) return
    await sleep(500)
  }
  throw new Error('The service does not start')
}

/** Once more if it fails: a connection that was kept may have ended while a client was run. */
function ask (url, options) {
  return fetch(url, options).catch(() => fetch(url, options))
}

/** A token that is good for this and nothing else. */
async function token (...scopes) {
  const body = JSON.stringify({ name: 'clients', scopes })
  const answer = await ask(`${base}/api/tokens`, { method: 'POST', headers: admin, body })
  return (await answer.json()).data.token
}

/** The original names of the images that are found by a link. */
async function namesOf (link) {
  const answer = await ask(`${base}/api/images?search=${encodeURIComponent(link)}`, { headers: admin })
  return (await answer.json()).data.images.map(image => image.originalName)
}

async function statusOf (link) {
  return (await ask(link)).status
}

/** Waits for a status that a client does not wait for. */
async function becomes (link, status) {
  for (let i = 0; i < 40; i++) {
    if (await statusOf(link) === status) return true
    await sleep(250)
  }
  return false
}

const crcs = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})

function chunk (type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const crc = ~body.reduce((c, byte) => crcs[(c ^ byte) & 255] ^ (c >>> 8), -1) >>> 0
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc, 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** A file with a picture that nobody else has; a larger side makes it one that is too large. */
function picture (name, side = 16) {
  const rows = Buffer.concat(Array.from({ length: side }, () =>
    Buffer.concat([Buffer.from([0]), require('crypto').randomBytes(side * 3)])))
  const header = Buffer.from([0, 0, side >> 8, side & 255, 0, 0, side >> 8, side & 255, 8, 2, 0, 0, 0])
  return file(name, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]))
}

function file (name, content) {
  const to = path.join(folder, name)
  fs.writeFileSync(to, content)
  return to
}

module.exports = { base, folder, becomes, expect, file, main, namesOf, picture, statusOf, token }
