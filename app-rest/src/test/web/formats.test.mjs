import assert from 'node:assert/strict';
import test from 'node:test';
import { settings } from '../../main/resources/app/base/settings.js';
import { FORMATS, lines } from '../../main/resources/app/links/formats.js';

const cat = {
    url: 'https://h/i/a1.png',
    thumbnailUrl: 'https://h/i/a1.png/thumb',
    originalName: 'cat.png',
    width: 640,
    height: 480,
    deleteUrl: 'https://h/d/a1.png/x',
};

const named = (originalName) => ({ ...cat, originalName });

test('there is one line for each picture, in their order', () => {
    const dog = { ...cat, url: 'https://h/i/b2.jpg' };
    assert.deepEqual(lines([dog, cat, dog], 'url', 'original'), [dog.url, cat.url, dog.url]);
});

test('each format is written as its readers expect it', () => {
    const written = Object.fromEntries(Object.keys(FORMATS).map((format) => [format, lines([cat], format, 'original')[0]]));
    assert.deepEqual(written, {
        url: 'https://h/i/a1.png',
        markdown: '![cat.png](https://h/i/a1.png)',
        html: '<img src="https://h/i/a1.png" alt="cat.png">',
        bbcode: '[img]https://h/i/a1.png[/img]',
        linked: '[![cat.png](https://h/i/a1.png)](https://h/i/a1.png)',
        page: '<a href="https://h/i/a1.png"><img src="https://h/i/a1.png" alt="cat.png"></a>',
        deletion: 'https://h/d/a1.png/x',
        own: '![cat.png](https://h/i/a1.png)',
    });
});

test('a size stands behind the link, and what is linked stays the original', () => {
    assert.deepEqual(lines([cat], 'url', 'medium'), ['https://h/i/a1.png?w=640']);
    assert.deepEqual(lines([cat], 'url', 'thumb'), ['https://h/i/a1.png/thumb']);
    assert.deepEqual(lines([cat], 'linked', 'thumb'), ['[![cat.png](https://h/i/a1.png/thumb)](https://h/i/a1.png)']);
});

test('a name is text, whatever is in it', () => {
    const evil = named('"><img src=x onerror=alert(1)>&amp;.png');
    assert.deepEqual(lines([evil], 'html', 'original'),
        ['<img src="https://h/i/a1.png" alt="&#34;&#62;&#60;img src=x onerror=alert(1)&#62;&#38;amp;.png">']);
    assert.deepEqual(lines([named('[a](b)\\ *x*.png')], 'markdown', 'original'),
        ['![\\[a\\](b)\\\\ \\*x\\*.png](https://h/i/a1.png)']);
    assert.deepEqual(lines([named('two\nlines.png')], 'markdown', 'original'), ['![two lines.png](https://h/i/a1.png)']);
});

test('whoever has no link to delete has no line', () => {
    assert.deepEqual(lines([{ ...cat, deleteUrl: null }, cat], 'deletion', 'original'), [cat.deleteUrl]);
});

test('an own format takes what it names, and leaves what nobody knows', () => {
    settings.set('template', '{name}|{width}x{height}|{url}|{original}|{nobody}');
    assert.deepEqual(lines([cat], 'own', 'thumb'),
        ['cat.png|640x480|https://h/i/a1.png/thumb|https://h/i/a1.png|{nobody}']);
});

test('what nobody knows is the URL of the original', () => {
    assert.deepEqual(lines([cat], 'nobody', 'nobody'), [cat.url]);
});
