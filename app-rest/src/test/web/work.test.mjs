import assert from 'node:assert/strict';
import test from 'node:test';
import { ApiError } from '../../main/resources/app/api/client.js';
import { chunks, Work } from '../../main/resources/app/filing/work.js';

const refusal = (status, code, retryAfter = 0) => new ApiError(status, code, '', retryAfter);

/** Work that waits for nothing, but remembers how long it would have; steps answer one after the other. */
function working(...answers) {
    const waits = [];
    const asked = [];
    const work = new Work(async (milliseconds) => {
        waits.push(milliseconds);
    });
    const step = (...ids) => ({
        ids,
        run: async (some) => {
            asked.push(some);
            const answer = answers.shift() ?? [];
            if (answer instanceof Error) {
                throw answer;
            }
            return answer;
        },
    });
    return { work, step, waits, asked };
}

test('what was not there is told apart', async () => {
    const { work, step } = working([2], []);
    const outcome = await work.run([step(1, 2, 3), step(4)]);
    assert.deepEqual(outcome, { done: [1, 3, 4], gone: [2], failed: [], error: null });
    assert.deepEqual([work.done, work.total, work.isRunning], [4, 4, false]);
});

test('too many requests are waited for, as long as the service says, and then it goes on', async () => {
    const { work, step, waits, asked } = working([], refusal(429, 'rate_limited', 30), refusal(503, 'service_unavailable'), []);
    const outcome = await work.run([step(1), step(2), step(3)]);
    assert.deepEqual(outcome.done, [1, 2, 3]);
    assert.deepEqual(waits, [30_000, 10_000]);
    assert.deepEqual(asked, [[1], [2], [2], [2], [3]]);
});

test('a service that is away is tried three times, and nothing else after that', async () => {
    const away = () => refusal(0, 'unreachable');
    const { work, step, asked } = working(away(), away(), away());
    const outcome = await work.run([step(1), step(2)]);
    assert.deepEqual([outcome.done, outcome.failed, outcome.error.code], [[], [1, 2], 'unreachable']);
    assert.equal(asked.length, 3);
});

test('one that fails does not keep the others from being done', async () => {
    const { work, step } = working(refusal(409, 'too_many_tags'), refusal(404, 'image_not_found'), []);
    const outcome = await work.run([step(1), step(2), step(3)]);
    assert.deepEqual([outcome.done, outcome.gone, outcome.failed, outcome.error.code], [[3], [2], [1], 'too_many_tags']);
});

test('one that has too many tags does not keep those beside it from getting theirs', async () => {
    const full = () => refusal(409, 'too_many_tags');
    const { work, step, asked } = working(full(), [], full(), full(), []);
    const outcome = await work.run([step(1, 2, 3, 4)]);
    assert.deepEqual([outcome.done, outcome.failed, outcome.error.code], [[1, 2, 4], [3], 'too_many_tags']);
    assert.deepEqual(asked, [[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
});

test('what concerns all of them ends the work', async () => {
    const { work, step, asked } = working(refusal(404, 'album_not_found'));
    const outcome = await work.run([step(1), step(2)]);
    assert.deepEqual([outcome.failed, asked.length], [[1, 2], 1]);
});

test('work that is stopped leaves the rest', async () => {
    const { work, step } = working();
    const stopping = { ids: [1], run: async () => { work.stop(); return []; } };
    const outcome = await work.run([stopping, step(2)]);
    assert.deepEqual([outcome.done, outcome.failed, outcome.error], [[1], [2], null]);
    assert.deepEqual((await work.run([step(3)])).done, [3]);
});

test('chunks hold as many as they may', () => {
    assert.deepEqual(chunks([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
    assert.deepEqual(chunks([], 2), []);
});
