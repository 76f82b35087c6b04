import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { Queue } from '../../main/resources/app/upload/queue.js';

const file = (name, content = name) => new File([content], name);
const states = (queue) => queue.items.map(({ state }) => state);
const collected = (...files) => ({ files, links: [], hidden: 0 });
const refusal = (status, code, retryAfter = 0) => Object.assign(new Error(), { status, code, retryAfter });

/** A service in memory: it remembers what it was asked, and does as it is told. */
class Service {
    asked = [];
    checks = [];
    known = [];
    answers = [];
    left = Infinity;
    wells = [];
    filed = [];
    filings = [];
    mayFile = true;
    places = [];
    flying = 0;
    most = 0;

    transport = {
        digestOf: async (one) => {
            const text = await one.text();
            return { hex: text, base64: btoa(text) };
        },
        check: async (digests) => {
            this.checks.push(digests);
            return {
                known: this.known.filter((digest) => digests.includes(digest)).map((digest) => this.picture(digest, true)),
                unknown: [],
            };
        },
        uploadOne: (one, options) => this.answer([one.name], options, async () => this.picture(await one.text())),
        mayFile: () => this.mayFile,
        file: async (ids, filing) => {
            this.filed.push([ids, filing.album?.id ?? null, filing.tags]);
            const answer = this.filings.shift();
            if (answer) {
                throw answer;
            }
        },
        uploadSeveral: (files, options) => this.answer(files.map(({ name }) => name), options, async () => ({
            successful: await Promise.all(files.map(async (one) => ({ data: this.picture(await one.text()) }))),
            failed: [],
        })),
        uploadLink: (link, options) => this.answer([link], options, async () => this.picture(link)),
        isWell: async () => this.wells.shift() ?? true,
        remaining: () => this.left,
    };

    picture(digest, duplicate = false) {
        return { id: digest, fileHash: digest, originalName: digest, url: `https://h/i/${digest}`, duplicate };
    }

    async answer(names, { signal, filing }, make) {
        this.asked.push(names);
        this.places.push(filing.album?.id ?? null);
        this.left = Math.max(0, this.left - 1);
        this.flying++;
        this.most = Math.max(this.most, this.flying);
        try {
            await new Promise((resolve, reject) => {
                signal?.addEventListener('abort', () => reject(signal.reason));
                setImmediate(resolve);
            });
            const answer = this.answers.shift();
            if (answer instanceof Error) {
                throw answer;
            }
            return answer ?? (await make());
        } finally {
            this.flying--;
        }
    }
}

/** Waits until nothing is under way any more. */
async function settled(queue) {
    while (queue.isBusy && !queue.pause) {
        await new Promise((resolve) => setImmediate(resolve));
    }
}

test('links come in the order of the drop, whatever is done first', async () => {
    const service = new Service();
    service.known = ['c'];
    const queue = new Queue(service.transport);
    queue.add(collected(file('a'), file('b'), file('c'), file('d')));
    await settled(queue);
    assert.deepEqual(queue.pictures.map(({ url }) => url), ['a', 'b', 'c', 'd'].map((name) => `https://h/i/${name}`));
    assert.deepEqual(service.checks, [['a', 'b', 'c', 'd']]);
    assert.deepEqual(service.asked.flat().sort(), ['a', 'b', 'd']);
});

test('two are on their way at a time, and no more', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.add(collected(...Array.from({ length: 20 }, (_, index) => file(`f${index}`))));
    await settled(queue);
    assert.equal(service.most, 2);
    assert.deepEqual(new Set(states(queue)), new Set(['done']));
});

test('the same bytes under two names are sent once, and have the same link', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.add(collected(file('one.png', 'same'), file('two.png', 'same')));
    await settled(queue);
    assert.deepEqual(service.asked, [['one.png']]);
    assert.deepEqual(queue.pictures.map(({ url }) => url), ['https://h/i/same', 'https://h/i/same']);
    assert.deepEqual(queue.items.map(({ origin }) => origin), ['new', 'twin']);
    queue.add(collected(file('three.png', 'same')));
    await settled(queue);
    assert.equal(queue.items[2].origin, 'twin');
    assert.equal(service.asked.length, 1);
});

test('another one of the same bytes is sent if the first one is cancelled', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.add(collected(file('x'), file('y'), file('one.png', 'same'), file('two.png', 'same')));
    while (queue.items[3].state !== 'twin') {
        await new Promise((resolve) => setImmediate(resolve));
    }
    queue.cancel(queue.items[2]);
    await settled(queue);
    assert.deepEqual(states(queue), ['done', 'done', 'cancelled', 'done']);
});

test('nothing is asked after all is cancelled', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.add(collected(file('a'), file('b'), file('c')));
    while (service.asked.length === 0) {
        await new Promise((resolve) => setImmediate(resolve));
    }
    queue.cancelAll();
    const asked = service.asked.length;
    for (let turn = 0; turn < 20; turn++) {
        await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(service.asked.length, asked);
    assert.deepEqual(new Set(states(queue)), new Set(['cancelled']));
});

test('a refusal is told, and can be tried again', async () => {
    const service = new Service();
    service.answers = [refusal(415, 'unsupported_image')];
    const queue = new Queue(service.transport);
    queue.add(collected(file('a.heic')));
    await settled(queue);
    assert.deepEqual([states(queue), queue.items[0].error.code], [['failed'], 'unsupported_image']);
    queue.retry();
    await settled(queue);
    assert.deepEqual(states(queue), ['done']);
});

test('what is too large is not sent', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.maxFileSize = 3;
    queue.add(collected(file('abc'), file('abcd')));
    await settled(queue);
    assert.deepEqual(states(queue), ['done', 'failed']);
    assert.deepEqual(service.asked, [['abc']]);
});

test('files go together if the service takes fewer requests than there are files', async () => {
    const service = new Service();
    service.left = 3;
    const queue = new Queue(service.transport);
    queue.add(collected(...Array.from({ length: 25 }, (_, index) => file(`f${String(index).padStart(2, '0')}`))));
    await settled(queue);
    assert.ok(service.asked.length <= 4, `${service.asked.length} requests`);
    assert.ok(service.asked.every((names) => names.length <= 10));
    assert.deepEqual(queue.pictures.map(({ id }) => id), queue.items.map(({ name }) => name));
});

test('a bad one of several does not spoil the others, nor their order', async () => {
    const service = new Service();
    service.left = 0;
    service.answers = [{
        successful: [{ data: service.picture('a') }, { data: service.picture('c') }],
        failed: [{ index: 1, code: 'image_truncated', message: '' }],
    }];
    const queue = new Queue(service.transport);
    queue.add(collected(file('a'), file('b'), file('c')));
    await settled(queue);
    assert.deepEqual(states(queue), ['done', 'failed', 'done']);
    assert.deepEqual(queue.pictures.map(({ id }) => id), ['a', 'c']);
});

test('whoever may not ask for digests uploads all the same', async () => {
    const service = new Service();
    service.transport.check = async () => {
        service.checks.push('refused');
        throw refusal(403, 'scope_missing');
    };
    const queue = new Queue(service.transport);
    queue.add(collected(file('a')));
    await settled(queue);
    queue.add(collected(file('b')));
    await settled(queue);
    assert.deepEqual(states(queue), ['done', 'done']);
    assert.equal(service.checks.length, 1);
});

test('an expired session makes all wait, and nothing is lost', async () => {
    const service = new Service();
    service.answers = [refusal(401, 'login_required')];
    const queue = new Queue(service.transport);
    queue.add(collected(file('a'), file('b'), file('c')));
    await settled(queue);
    assert.equal(queue.pause.reason, 'login');
    queue.resume();
    await settled(queue);
    assert.deepEqual(states(queue), ['done', 'done', 'done']);
});

test('too many requests make all wait for as long as the service says', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    try {
        const service = new Service();
        service.answers = [refusal(429, 'rate_limited', 30)];
        const queue = new Queue(service.transport);
        queue.add(collected(file('a')));
        await settled(queue);
        assert.deepEqual(queue.pause, { reason: 'rate', until: Date.now() + 30_000 });
        mock.timers.tick(29_000);
        assert.equal(service.asked.length, 1);
        mock.timers.tick(1_000);
        await settled(queue);
        assert.deepEqual(states(queue), ['done']);
    } finally {
        mock.timers.reset();
    }
});

test('a service that is away is asked from time to time, however long that takes', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    try {
        const service = new Service();
        service.answers = [refusal(0, 'unreachable'), refusal(0, 'unreachable')];
        service.wells = [false, false, false, false, false, false];
        const queue = new Queue(service.transport);
        queue.add(collected(file('a'), file('b')));
        for (let second = 0; second < 120; second++) {
            for (let turn = 0; turn < 5; turn++) {
                await new Promise((resolve) => setImmediate(resolve));
            }
            mock.timers.tick(1_000);
        }
        await settled(queue);
        assert.deepEqual(states(queue), ['done', 'done']);
    } finally {
        mock.timers.reset();
    }
});

test('a file that the service fails for is given up after three times', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
        const service = new Service();
        service.answers = [1, 2, 3].map(() => refusal(500, 'internal_error'));
        const queue = new Queue(service.transport);
        queue.add(collected(file('a')));
        for (let turn = 0; turn < 60 && queue.isBusy; turn++) {
            await new Promise((resolve) => setImmediate(resolve));
            mock.timers.tick(1_000);
        }
        assert.deepEqual([states(queue), service.asked.length], [['failed'], 3]);
    } finally {
        mock.timers.reset();
    }
});

test('new pictures are told, and those that were there before are not', async () => {
    const service = new Service();
    service.known = ['b'];
    const queue = new Queue(service.transport);
    const told = [];
    queue.addEventListener('uploaded', (event) => told.push(event.detail.id));
    queue.add(collected(file('a'), file('b'), file('again', 'a')));
    await settled(queue);
    assert.deepEqual(told, ['a']);
});

test('a link is fetched by the service', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.add({ files: [], links: ['https://example.com/cat.jpg'], hidden: 0 });
    await settled(queue);
    assert.deepEqual([service.asked, states(queue)], [[['https://example.com/cat.jpg']], ['done']]);
});

const into = (id, ...tags) => ({ album: id === null ? null : { id, name: `album ${id}` }, tags, visibility: '', expiresIn: '' });

test('what is there already is put where it belongs by one request, without being uploaded', async () => {
    const service = new Service();
    service.known = ['a', 'b'];
    const queue = new Queue(service.transport);
    const filed = [];
    queue.addEventListener('filed', ({ detail }) => filed.push([detail.picture.id, detail.album.id]));
    queue.add(collected(file('a'), file('b'), file('c')), into(7));
    await settled(queue);
    assert.deepEqual(service.filed, [[['a', 'b'], 7, []]]);
    assert.deepEqual([service.asked, service.places], [[['c']], [7]]);
    assert.deepEqual(filed.sort(), [['a', 7], ['b', 7], ['c', 7]]);
    assert.deepEqual(states(queue), ['done', 'done', 'done']);
});

test('tags are given to many pictures at a time, of which the service takes a hundred', async () => {
    const service = new Service();
    const names = Array.from({ length: 230 }, (_, index) => `p${index}`);
    service.known = names;
    const queue = new Queue(service.transport);
    queue.add(collected(...names.map((name) => file(name))), into(null, 'cat'));
    await settled(queue);
    const sizes = service.filed.map(([ids]) => ids.length);
    assert.equal(sizes.reduce((sum, size) => sum + size), 230);
    assert.ok(sizes.length <= 5 && Math.max(...sizes) <= 100, `${sizes}`);
});

test('one that has too many tags does not keep those beside it from getting theirs', async () => {
    const service = new Service();
    service.known = ['a', 'b', 'full', 'c'];
    const queue = new Queue({
        ...service.transport,
        file: async (ids, filing) => {
            if (ids.includes('full')) {
                throw Object.assign(new Error(), { status: 409, code: 'too_many_tags' });
            }
            await service.transport.file(ids, filing);
        },
    });
    queue.add(collected(...service.known.map((name) => file(name))), into(null, 'cat'));
    await settled(queue);
    assert.deepEqual(states(queue), ['done', 'done', 'failed', 'done']);
    assert.deepEqual(service.filed.flatMap(([ids]) => ids).sort(), ['a', 'b', 'c']);
});

test('files for different places do not go together', async () => {
    const service = new Service();
    service.left = 0;
    const queue = new Queue(service.transport);
    queue.add(collected(file('a'), file('b')), into(7));
    queue.add(collected(file('c'), file('d')), into(8));
    await settled(queue);
    const places = service.asked.flatMap((names, index) => names.map((name) => [name, service.places[index]]));
    assert.deepEqual(Object.fromEntries(places), { a: 7, b: 7, c: 8, d: 8 });
    assert.ok(service.asked.length < 4, JSON.stringify(service.asked));
});

test('the same file in another drop is put there, too', async () => {
    const service = new Service();
    const queue = new Queue(service.transport);
    queue.add(collected(file('a')), into(7));
    await settled(queue);
    queue.add(collected(file('again', 'a')), into(8));
    await settled(queue);
    assert.deepEqual(service.asked, [['a']]);
    assert.deepEqual(service.filed, [[['a'], 8, []]]);
    assert.deepEqual(states(queue), ['done', 'done']);
});

test('an album that is gone fails the row, and says why', async () => {
    const service = new Service();
    service.known = ['a'];
    service.filings = [refusal(404, 'album_not_found')];
    const queue = new Queue(service.transport);
    queue.add(collected(file('a')), into(7));
    await settled(queue);
    assert.deepEqual([states(queue), queue.items[0].error.code], [['failed'], 'album_not_found']);
    queue.retry();
    await settled(queue);
    assert.deepEqual([states(queue), service.filed.length], [['done'], 2]);
});

test('a picture that ends is uploaded once more, since that may let it last', async () => {
    const service = new Service();
    service.known = ['a'];
    const picture = service.picture.bind(service);
    service.picture = (digest, duplicate) => ({ ...picture(digest, duplicate), expiresAt: '2030-01-01T00:00:00.000Z' });
    const queue = new Queue(service.transport);
    queue.add(collected(file('a')));
    await settled(queue);
    assert.deepEqual(service.asked, [['a']]);
});

test('who may only upload uploads what is there already, which puts it there as well', async () => {
    const service = new Service();
    service.known = ['a'];
    service.mayFile = false;
    const queue = new Queue(service.transport);
    queue.add(collected(file('a')), into(7));
    await settled(queue);
    assert.deepEqual([service.asked, service.places, service.filed], [[['a']], [7], []]);
});
