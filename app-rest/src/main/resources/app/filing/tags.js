import './style.js';
import { html, nothing } from '../lib/lit/lit-html.js';
import { Store } from '../base/store.js';
import { number, t } from '../i18n/i18n.js';
import { icon } from '../ui/icons.js';
import { known } from './known.js';
import { LONGEST, suggestions, tagsIn } from './words.js';

/** @import { Tag } from '../api/types.js' */

/** How many a picture may have. */
const MOST_TAGS = 20;

/** Tags that somebody chooses: those there are, and new ones. */
export class TagField extends Store {
    text = '';

    /**
     * @param {{ id: string, tags?: string[], onChange?: (tags: string[]) => unknown, among?: () => Tag[] }} options
     *     `among` which are suggested, if not all
     */
    constructor({ id, tags = [], onChange, among }) {
        super();
        this.id = id;
        this.tags = tags;
        this.onChange = onChange;
        this.among = among ?? (() => known.tags ?? []);
    }

    /** @param {string[]} tags */
    choose(tags) {
        this.tags = tags;
        this.changed();
    }

    /** Takes what is typed, even if nobody has said that it is whole. */
    finish() {
        this.#add(this.text);
    }

    /** @param {string} text */
    #add(text) {
        const more = tagsIn(text).filter((tag) => !this.tags.includes(tag));
        this.text = '';
        if (more.length > 0) {
            this.#say([...this.tags, ...more].slice(0, MOST_TAGS));
        } else {
            this.changed();
        }
    }

    /** @param {string} tag */
    remove(tag) {
        this.#say(this.tags.filter((other) => other !== tag));
    }

    /** @param {string[]} tags */
    #say(tags) {
        this.choose(tags);
        this.onChange?.(tags);
    }

    #onInput = (/** @type {{ target: HTMLInputElement }} */ { target }) => {
        this.text = target.value;
        if (/[,，、]/.test(this.text)) {
            this.#add(this.text);
        } else {
            this.changed();
        }
    };

    #onKey = (/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing) {
            // whoever chooses a word of an input method means no more than that
            return;
        }
        if (event.key === 'Enter' && this.text.trim() !== '') {
            event.preventDefault();
            this.#add(this.text);
        } else if (event.key === 'Backspace' && this.text === '' && this.tags.length > 0) {
            this.remove(/** @type {string} */ (this.tags.at(-1)));
        }
    };

    /** @param {{ label: string, linkTo?: (tag: string) => string }} how `linkTo` where a tag leads */
    template({ label, linkTo }) {
        const offered = suggestions(this.among(), this.text, this.tags);
        const isFull = this.tags.length >= MOST_TAGS;
        return html`<div class="tag-field">
            <label for=${this.id}>${label}</label>
            ${this.tags.length > 0 ? html`<ul class="chips">${this.tags.map((tag) => html`<li class="chip">
                ${linkTo ? html`<a href=${linkTo(tag)} aria-label=${t('tags.show', { tag })}>${tag}</a>`
                    : html`<span>${tag}</span>`}
                <button type="button" class="quiet icon-only" aria-label=${t('tags.remove', { tag })}
                    @click=${() => this.remove(tag)}>${icon('close')}</button>
            </li>`)}</ul>` : nothing}
            <input id=${this.id} type="text" autocomplete="off" autocapitalize="none" spellcheck="false"
                enterkeyhint="done" maxlength=${LONGEST} placeholder=${t('tags.hint')} ?disabled=${isFull}
                .value=${this.text} @input=${this.#onInput} @keydown=${this.#onKey}
                @focus=${() => known.tags ?? this.#learn()}>
            ${offered.length > 0 && !isFull ? html`<div class="offers" role="group" aria-label=${t('tags.offers')}>
                ${offered.map(({ tag, images }) => html`<button type="button" @click=${() => this.#add(tag)}>
                    ${tag}<span class="number">${number(images)}</span></button>`)}</div>` : nothing}
        </div>`;
    }

    /** Without suggestions, tags can be typed all the same. */
    #learn() {
        known.askForTags().then(() => this.changed(), () => {});
    }
}
