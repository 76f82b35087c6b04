import assert from 'node:assert/strict';
import test from 'node:test';
import { suggestions, tagsIn } from '../../main/resources/app/filing/words.js';

test('tags are separated by the commas of both languages, in lower case, and named once', () => {
    assert.deepEqual(tagsIn('Cat, garden，猫、 cat ,, '), ['cat', 'garden', '猫']);
    assert.deepEqual(tagsIn('  two   words '), ['two words']);
    assert.deepEqual(tagsIn(' , '), []);
});

test('what begins as the text comes first, then what holds it, and the most used before others', () => {
    const all = [{ tag: 'wildcat', images: 90 }, { tag: 'cat', images: 3 }, { tag: 'catalogue', images: 7 }, { tag: 'dog', images: 99 }];
    assert.deepEqual(suggestions(all, 'Cat', []).map(({ tag }) => tag), ['catalogue', 'cat', 'wildcat']);
    assert.deepEqual(suggestions(all, '', ['dog']).map(({ tag }) => tag), ['wildcat', 'catalogue', 'cat']);
});
