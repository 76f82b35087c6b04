import '../filing/style.js';
import { html } from '../lib/lit/lit-html.js';
import { chooseAlbum } from '../filing/choosers.js';
import { life, LIVES } from '../filing/life.js';
import { TagField } from '../filing/tags.js';
import { t } from '../i18n/i18n.js';
import { select } from '../ui/view.js';

/** @import { PanelState } from './panel.js' */

/** What may be said for the pictures that are uploaded next. @param {PanelState} state @returns {(state: PanelState) => unknown} */
export function options(state) {
    const change = (/** @type {Partial<PanelState['filing']>} */ part) =>
        state.set({ filing: { ...state.filing, ...part } });
    const tags = new TagField({ id: 'upload-tags', tags: state.next.tags, onChange: (all) => change({ tags: all }) });
    tags.addEventListener('change', () => state.changed());
    const choose = async () => {
        const { album } = state.next;
        const chosen = await chooseAlbum({
            title: t('upload.album'), none: t('upload.noAlbum'), mayMake: state.mayMake, present: String(album?.id ?? ''),
        });
        if (chosen !== undefined) {
            change({ album: chosen });
        }
    };
    const reset = () => {
        state.filing = {};
        tags.choose([]);
    };
    return () => {
        const { album, visibility, expiresIn } = state.next;
        const name = album?.name ?? t('upload.noAlbum');
        return html`<div class="panel-options">
            <div class="option"><span>${t('upload.album')}</span>
                <button class="chooser ${album ? 'set' : ''}" aria-haspopup="dialog"
                    aria-label="${t('upload.album')}: ${name}" @click=${choose}><span>${name}</span></button></div>
            <div class="option"><span>${t('sharing.who')}</span>
                ${select({
                    label: t('sharing.who'),
                    value: visibility || 'public',
                    options: [['public', t('public')], ['private', t('private')]],
                    onChange: (value) => change({ visibility: value === 'private' ? value : '' }),
                })}</div>
            <div class="option"><span>${t('sharing.end')}</span>
                ${select({
                    label: t('sharing.end'),
                    value: expiresIn,
                    options: [['', t('sharing.never')], ...LIVES.map(life)],
                    onChange: (value) => change({ expiresIn: value }),
                })}</div>
            ${tags.template({ label: t('tags') })}
            <p class="lead">${t('upload.optionsText')}
                <button class="link" @click=${reset}>${t('find.reset')}</button></p>
        </div>`;
    };
}
