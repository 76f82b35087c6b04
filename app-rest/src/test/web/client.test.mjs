import assert from 'node:assert/strict';
import test from 'node:test';
import { allowance, call, doors, explain, load } from '../../main/resources/app/api/client.js';
import { language } from '../../main/resources/app/i18n/i18n.js';

const json = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers });

/** Answers the next question with this, and tells what was asked. */
function answering(answer) {
    const asked = [];
    globalThis.fetch = async (url, options) => {
        asked.push({ url: String(url), ...options });
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    };
    return asked;
}

test('the data of an answer is what was asked for', async () => {
    await language.choose('en');
    const asked = answering(json(200, { success: true, data: { id: 7 } }));
    assert.deepEqual(await call('DELETE', 'api/images', { json: { ids: [7] } }), { id: 7 });
    assert.equal(asked[0].url, 'http://localhost/api/images');
    assert.equal(asked[0].headers['Accept-Language'], 'en');
    assert.equal(asked[0].body, '{"ids":[7]}');
});

test('an error carries its code, its sentence, and when to come back', async () => {
    answering(json(429, { success: false, code: 'rate_limited', message: 'Too many', data: null },
        { 'Retry-After': '30', 'RateLimit-Remaining': '0' }));
    await assert.rejects(call('GET', 'api/images'), { status: 429, code: 'rate_limited', message: 'Too many', retryAfter: 30 });
    assert.equal(allowance.remaining, 0);
});

test('what is no answer of the service is told apart from one', async () => {
    answering(new Response('<html>Bad gateway</html>', { status: 502 }));
    await assert.rejects(call('GET', 'api/images'), { status: 502, code: 'not_understood' });
    answering(new TypeError('Failed to fetch'));
    await assert.rejects(call('GET', 'api/images'), { status: 0, code: 'unreachable' });
});

test('a 401 asks for a login, unless nobody is to be asked', async () => {
    let asked = 0;
    doors.addEventListener('login', () => asked++);
    const refused = () => json(401, { success: false, code: 'login_required', message: '', data: null });
    answering(refused());
    await assert.rejects(call('GET', 'api/me', { quiet: true }), { status: 401 });
    assert.equal(asked, 0);
    answering(refused());
    await assert.rejects(call('GET', 'api/me'), { status: 401 });
    assert.equal(asked, 1);
});

test('whoever leaves is not told that the service is away', async () => {
    const control = new AbortController();
    globalThis.fetch = async () => {
        control.abort();
        throw new DOMException('', 'AbortError');
    };
    await assert.rejects(call('GET', 'api/images', { signal: control.signal }), { name: 'AbortError' });
});

test('a part of the page that is gone while the service is well tells that the page is old', async () => {
    let told = 0;
    doors.addEventListener('old', () => told++);
    answering(new Response('{}', { status: 200 }));
    await assert.rejects(load(() => Promise.reject(new TypeError('404'))), { code: 'old_page' });
    assert.equal(told, 1);
    answering(new TypeError('Failed to fetch'));
    await assert.rejects(load(() => Promise.reject(new TypeError('offline'))), { code: 'unreachable' });
    assert.equal(told, 1);
});

test('an error is explained in the language of the page, or else by the service', async () => {
    await language.choose('en');
    assert.equal(explain({ code: 'file_empty', message: '文件是空的' }), 'The file is empty.');
    assert.equal(explain({ code: 'nobody_knows', message: 'As the service says' }), 'As the service says');
    assert.equal(explain({ code: 'nobody_knows', message: '' }), 'That did not work.');
});
