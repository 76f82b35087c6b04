/** Styles that only come with what needs them; whoever imports this is shown no sooner. */
const sheet = document.createElement('link');
sheet.rel = 'stylesheet';
sheet.href = new URL('filing.css', import.meta.url).href;

await new Promise((resolve) => {
    // without it, it is less pretty
    ['load', 'error'].forEach((event) => sheet.addEventListener(event, resolve));
    document.head.append(sheet);
});

export {};
