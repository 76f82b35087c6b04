import assert from 'node:assert/strict';
import test from 'node:test';
import { texts as en } from '../../main/resources/app/i18n/en.js';
import { texts as zh } from '../../main/resources/app/i18n/zh.js';
import { hasText, language, size, span, t } from '../../main/resources/app/i18n/i18n.js';

const forms = (message) => (typeof message === 'string' ? [message] : Object.values(message));
const placeholders = (message) => [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

test('both languages have the same texts, in the same order', () => {
    assert.deepEqual(Object.keys(zh), Object.keys(en));
});

test('both languages have the same placeholders', () => {
    for (const key of Object.keys(en)) {
        const [inChinese, inEnglish] = [zh, en].map((texts) => placeholders(texts[key]));
        assert.deepEqual(inChinese, inEnglish, key);
    }
});

test('no text is empty, and each is in its language', () => {
    const names = /^(URL|HTML|BBCode|Markdown|SHA-256|[\s、，,·]*)$/;
    const words = (form) => form.replace(/\{\w+\}/g, '');
    for (const [key, message] of Object.entries(zh)) {
        forms(message).forEach((form) => assert.ok(/[\u4e00-\u9fff]/.test(form) || names.test(words(form)), `${key}: ${form}`));
        forms(en[key]).forEach((form) => assert.ok((/[a-z]/i.test(words(form)) || names.test(words(form))) && !/[\u4e00-\u9fff]/.test(form), `${key}: ${form}`));
    }
});

test('numbers choose the form, and are written as the language does', async () => {
    await language.choose('en');
    assert.equal(t('gallery.count', { n: 1 }), '1 picture');
    assert.equal(t('gallery.count', { n: 25_103 }), '25,103 pictures');
    await language.choose('zh');
    assert.equal(t('gallery.count', { n: 25_103 }), '25,103 张图片');
});

test('a name is put in as it is', async () => {
    await language.choose('en');
    assert.equal(t('tile.open', { name: '{size} $& <b>' }), 'Open {size} $& <b>');
});

test('sizes and spans are written for people', async () => {
    await language.choose('en');
    assert.deepEqual([size(0), size(1_536), size(10_485_760), size(1_610_612_736)], ['0B', '2 kB', '10 MB', '1.5 GB']);
    assert.deepEqual([span(1), span(59), span(90), span(7_200)], ['1 second', '59 seconds', '2 minutes', '2 hours']);
});

test('a code that nobody knows has no text', () => {
    assert.deepEqual([hasText('error.file_empty'), hasText('error.nope'), hasText('constructor')], [true, false, false]);
});
