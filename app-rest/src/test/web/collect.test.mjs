import assert from 'node:assert/strict';
import test from 'node:test';
import { collectFiles, collectGrabbed, linksIn } from '../../main/resources/app/upload/collect.js';

const names = ({ files }) => files.map(({ name }) => name);
const fileEntry = (name) => ({ name, isDirectory: false, file: (resolve) => resolve(new File(['x'], name)) });

/** A folder whose reader gives at most 100 at once, as browsers' do. */
function folderEntry(name, entries) {
    return {
        name,
        isDirectory: true,
        createReader: () => {
            const left = [...entries];
            return { readEntries: (resolve) => resolve(left.splice(0, 100)) };
        },
    };
}

test('a folder is walked to its end, in the order of names as people count', async () => {
    const deep = folderEntry('z', [folderEntry('deeper', [fileEntry('cat.png')])]);
    const folder = folderEntry('a', [
        ...Array.from({ length: 248 }, (_, index) => fileEntry(`${index + 1}.png`)),
        deep,
        fileEntry('.DS_Store'),
        folderEntry('.git', [fileEntry('index')]),
    ].reverse());
    const collected = await collectGrabbed({ entries: [folder, null], files: [null, new File(['x'], 'cat.png')], text: '' });
    assert.equal(collected.files.length, 250);
    assert.deepEqual(names(collected).slice(0, 11), Array.from({ length: 11 }, (_, index) => `${index + 1}.png`));
    assert.deepEqual(names(collected).slice(-2), ['cat.png', 'cat.png']);
    assert.equal(collected.hidden, 1);
});

test('chosen files lack what file managers add', () => {
    const files = ['a.png', '.DS_Store', 'Thumbs.db', 'desktop.ini', 'b.png'].map((name) =>
        Object.assign(new File(['x'], name), { webkitRelativePath: '' }));
    const collected = collectFiles(files);
    assert.deepEqual([names(collected), collected.hidden], [['a.png', 'b.png'], 3]);
});

test('a text that is only links is taken for links', () => {
    assert.deepEqual(linksIn('https://a.example/1.png\r\nhttp://b.example/2.png\n'), ['https://a.example/1.png', 'http://b.example/2.png']);
    assert.deepEqual(linksIn('look at https://a.example/1.png'), []);
    assert.deepEqual(linksIn('javascript:alert(1)'), []);
    assert.deepEqual(linksIn(''), []);
});

test('files that come with a link are taken, and not the link', async () => {
    const collected = await collectGrabbed({ entries: [null], files: [new File(['x'], 'a.png')], text: 'https://a.example/1.png' });
    assert.deepEqual([names(collected), collected.links], [['a.png'], []]);
});
