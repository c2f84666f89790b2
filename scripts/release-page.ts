import type { Integrity } from './integrity.ts'

/** What START.html says, and the phone that it shows. */
export function startPage(version: string, hashes: Integrity): string {
  const integrity = Object.fromEntries(Object.entries(hashes).map(([file, hash]) => [`./cdn/${file}`, hash]))
  const snippet = `<script type="module" src="/cdn/att-phone.js"
  integrity="${hashes['att-phone.js'] ?? ''}"></script>
<att-phone></att-phone>`
  const shown = snippet.replace(/</g, '&lt;')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>att-phone ${version}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./cdn/att-phone.css">
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { max-inline-size: 44rem; margin: 2rem auto; padding-inline: 1rem }
  pre { overflow: auto; padding: 1rem; border: 1px solid; border-radius: 0.5rem }
  #from-disk { padding: 1rem; border: 2px solid; border-radius: 0.5rem }
</style>
<script type="importmap">${JSON.stringify({ integrity })}</script>
<script type="module" src="./cdn/att-phone.js"></script>
</head>
<body>
<main>
<h1>att-phone ${version}</h1>
<p id="from-disk" hidden><strong>This page was opened from your disk.</strong> Browsers load no modules there, so there is
no phone below. Put this folder on your web site, or serve it: <code>python3 -m http.server --bind 127.0.0.1</code>, then
open <code>http://127.0.0.1:8000/START.html</code>.</p>
<p>Type <code>echo</code> below and press Enter: you hear yourself. Nothing leaves this page.</p>
<att-phone></att-phone>
<h2>On your page</h2>
<p>Copy the folder <code>cdn</code> to your web site, and write:</p>
<pre tabindex="0"><code>${shown}</code></pre>
<ul>
<li><b>https.</b> Browsers give a microphone to https pages, and to <code>localhost</code>. On plain http the phone says
so, and calls nobody.</li>
<li><b>Frames.</b> A page in a frame asks the page around it:
<code>&lt;iframe src="…" allow="microphone; camera; autoplay; speaker-selection; display-capture"&gt;</code>.</li>
<li><b>Hashes.</b> <code>cdn/integrity.json</code> has the hash of each file, <code>cdn/import-map.json</code> an import
map with the hashes of what is loaded later.</li>
<li><b>Licences.</b> <code>LICENSE</code> is that of att-phone (Apache-2.0), <code>cdn/licenses.md</code> has those of what is
inside.</li>
</ul>
</main>
<script>document.getElementById('from-disk').hidden = location.protocol !== 'file:'</script>
</body>
</html>
`
}
