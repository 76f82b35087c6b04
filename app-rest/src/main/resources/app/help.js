import { html } from './lib/lit/lit-html.js';
import { t } from './i18n/i18n.js';
import { openDialog } from './ui/dialog.js';
import { icon } from './ui/icons.js';

/** @import { Key } from './i18n/i18n.js' */

/** What the keys do, by where they do it. @type {[Key, [string, Key][]][]} */
const KEYS = [
    ['help.everywhere', [
        ['/', 'help.search'],
        ['F', 'help.file'],
        ['U', 'help.upload'],
        ['Ctrl V', 'help.paste'],
        ['L', 'help.links'],
        ['G', 'help.pictures'],
        ['H', 'gallery.showAll'],
        ['B', 'help.albums'],
        ['?', 'help.help'],
    ]],
    ['help.meant', [
        ['C', 'help.copy'],
        ['A', 'help.intoAlbum'],
        ['Delete', 'help.delete'],
        ['Ctrl Z', 'help.undo'],
        ['Esc', 'help.clear'],
    ]],
    ['help.gallery', [
        ['← → ↑ ↓', 'help.move'],
        ['Home End', 'help.ends'],
        ['Enter', 'help.open'],
        ['Space', 'help.select'],
        ['Shift ← → ↑ ↓', 'help.range'],
        ['Ctrl A', 'help.all'],
    ]],
    ['help.album', [
        ['Alt ← →', 'help.step'],
        ['Alt Home End', 'help.jump'],
    ]],
    ['help.viewer', [
        ['← →', 'help.turn'],
        ['+ − 0', 'help.zoom'],
        ['I', 'help.details'],
        ['Esc', 'help.close'],
    ]],
];

/** What the keys do. */
export function openHelp() {
    openDialog((close) => html`
        <div class="dialog-head"><h2>${t('menu.help')}</h2>
            <button class="quiet icon-only" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        <p>${t('help.off')}</p>
        <div class="help-groups">${KEYS.map(([title, keys]) => html`
            <section><h3>${t(title)}</h3>
                <dl class="facts">${keys.map(([key, what]) => html`
                    <div><dt><kbd>${key}</kbd></dt><dd>${t(what)}</dd></div>`)}</dl>
            </section>`)}</div>`, { className: 'help', label: t('menu.help') });
}
