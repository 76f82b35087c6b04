// Twikoo's function that uploads pictures of comments, with each of the hosts that it knows.
const fs = require('fs')
const path = require('path')
const { base, expect, file, folder, main, namesOf, picture, statusOf, token } = require('./report')

const { uploadImage } = require(path.join(folder, 'node_modules/twikoo-func/utils/image.js'))

/** Where each of them is, and what it shows of a refusal: whether of a wrong token, and whether of a wrong file. */
const hosts = {
  lskypro: { url: base, token: 'status code 401', file: reason => reason },
  piclist: { url: base, token: 'status code 401', file: reason => reason },
  easyimage: { url: `${base}/api/index.php`, token: '(CODE: 202)', file: () => '(CODE: 205)' },
  chevereto: { url: base, token: 'status code 401', file: () => 'status code 400' }
}

// it logs what it also answers
console.error = console.log = () => {}

function upload (cdn, credential, from) {
  const photo = 'data:image/png;base64,' + fs.readFileSync(from).toString('base64')
  return uploadImage({ photo, fileName: path.basename(from) },
    { IMAGE_CDN: cdn, IMAGE_CDN_URL: hosts[cdn].url, IMAGE_CDN_TOKEN: credential })
}

function shows (result, reason) {
  return !result.data && String(result.err).includes(reason)
}

main(async () => {
  const uploadOnly = await token('upload')
  const page = file('page.png', '<html><body>no picture</body></html>')
  const large = picture('large.png', 300)
  for (const [cdn, host] of Object.entries(hosts)) {
    const one = picture('图 片.png')
    const first = await upload(cdn, uploadOnly, one)
    const link = first.data && first.data.url
    expect(`${cdn} uploads`, link && await statusOf(link) === 200, first)
    expect(`${cdn} keeps Chinese names`, (await namesOf(link)).join() === '图 片.png', first)
    const again = await upload(cdn, uploadOnly, one)
    expect(`${cdn} gets the same link again`, again.data && again.data.url === link, again)
    const [a, b] = await Promise.all([picture('a.png'), picture('b.png')].map(each => upload(cdn, uploadOnly, each)))
    expect(`${cdn} uploads two at once`, a.data && b.data && a.data.url !== b.data.url, [a, b])
    const wrong = await upload(cdn, 'imh_' + '0'.repeat(38), picture('c.png'))
    expect(`${cdn} fails with a wrong token`, shows(wrong, host.token), wrong)
    const tooLarge = await upload(cdn, uploadOnly, large)
    expect(`${cdn} fails with a file that is too large`, shows(tooLarge, host.file('文件过大')), tooLarge)
    const noPicture = await upload(cdn, uploadOnly, page)
    expect(`${cdn} fails with a file that is no picture`, shows(noPicture, host.file('不支持的文件类型')), noPicture)
  }
})
