// PicGo's command with the uploaders of plug-ins, and what it prints.
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { base, becomes, expect, file, folder, main, namesOf, picture, statusOf, token } = require('./report')

const config = path.join(folder, 'config.json')
const plugins = { 'picgo-plugin-web-uploader': true, 'picgo-plugin-lsky-uploader': true, 'picgo-plugin-lankong': true }

/** Each uploader as somebody has set it up. */
const uploaders = {
  'lsky-uploader': credential => ({ Url: base, Token: credential }),
  'lankong as V2': credential => lankong('V2', `Bearer ${credential}`),
  'lankong as V2 with a raw token': credential => lankong('V2', credential),
  'lankong as V1': credential => lankong('V1', credential),
  'web-uploader': credential => ({
    url: `${base}/api/upload`,
    paramName: 'image',
    jsonPath: 'data.url',
    customHeader: JSON.stringify({ Authorization: `Bearer ${credential}` }),
    customBody: ''
  })
}

function lankong (lskyProVersion, credential) {
  return { lskyProVersion, server: base, token: credential, strategyId: '', albumId: '', permission: 0, syncDelete: true, ignoreCertErr: false }
}

function setUp (name, credential) {
  const uploader = name.split(' ')[0]
  const picBed = { uploader, current: uploader, [uploader]: uploaders[name](credential) }
  fs.writeFileSync(config, JSON.stringify({ picBed, picgoPlugins: plugins, settings: {} }))
}

/** What it prints, and which of that are links. */
function upload (...files) {
  const command = path.join(folder, 'node_modules/picgo/bin/picgo')
  const output = execFileSync(process.execPath, [command, '-c', config, 'upload', ...files],
    { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60000 })
  return { output, links: output.split('\n').filter(line => line.startsWith('http')) }
}

async function checkSuccesses (name, uploadOnly) {
  setUp(name, uploadOnly)
  const one = picture('图片 测试.png')
  const two = picture('two.png')
  const first = upload(one)
  expect(`${name} uploads`, first.links.length === 1 && await statusOf(first.links[0]) === 200, first.output)
  expect(`${name} keeps Chinese names`, (await namesOf(first.links[0])).join() === '图片 测试.png', first.output)
  const both = upload(one, two)
  expect(`${name} gets the same link again`, both.links[0] === first.links[0], both.output)
  expect(`${name} uploads two files`, both.links.length === 2 && both.links[1] !== both.links[0], both.output)
}

async function checkRefusals (name, uploadOnly) {
  const large = picture('large.png', 300)
  const page = file('page.png', '<html><body>no picture</body></html>')
  for (const [what, credential, wrong, reason] of [
    ['a wrong token', 'imh_' + '0'.repeat(38), picture('three.png'), '访问令牌无效'],
    ['a file that is too large', uploadOnly, large, '文件过大，单个文件最大100000字节'],
    ['a file that is no picture', uploadOnly, page, '不支持的文件类型']
  ]) {
    setUp(name, credential)
    const { output, links } = upload(wrong)
    if (name === 'web-uploader') {
      // it swallows every error, and says that all went well
      expect(`${name} says nothing of ${what}`, links.length === 0 && output.includes('[PicGo SUCCESS]') && !output.includes(reason), output)
    } else {
      expect(`${name} shows the reason for ${what}`, links.length === 0 && output.includes(reason), output)
    }
  }
}

async function checkDeletion () {
  // the plug-in parses the answer, which PicGo has parsed already: it stumbles when everything is done
  process.on('unhandledRejection', () => {})
  console.log = console.info = () => {}
  setUp('lankong as V2', await token('upload', 'delete'))
  const { PicGo } = require(path.join(folder, 'node_modules/picgo'))
  const picgo = new PicGo(config)
  const [image] = await picgo.upload([picture('deleted.png')])
  expect('lankong knows the key', image.imgUrl.includes(`/${image.id}.`), image)
  picgo.emit('remove', [image], {})
  expect('lankong deletes what is deleted in its album', await becomes(image.imgUrl, 404), image)
}

main(async () => {
  const uploadOnly = await token('upload')
  for (const name of Object.keys(uploaders)) {
    await checkSuccesses(name, uploadOnly)
  }
  for (const name of ['lsky-uploader', 'lankong as V2', 'lankong as V1', 'web-uploader']) {
    await checkRefusals(name, uploadOnly)
  }
  await checkDeletion()
})
