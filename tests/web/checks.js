// Runs in the page: what an accessibility checker looks at first. Gives the faults found, in words.
() => {
  const faults = [];
  const shown = (node) => node.checkVisibility() && node.getClientRects().length && !node.closest('.sr');
  const name = (node) => node.getAttribute('aria-label') || node.textContent.trim() ||
      [...(node.labels ?? [])].map((label) => label.textContent).join();
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, [r, g, b, a]) => [r, g, b].map((c, i) => c * a / 255 + under[i] * (1 - a / 255)),
        [255, 255, 255]);
  };
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
      .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(node) || node.closest('noscript')) continue;
    const [one, other] = [light(rgba(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${node.textContent.slice(0, 40)}`);
  }
  for (const node of document.querySelectorAll('button, a, input, textarea')) {
    if (!shown(node)) continue;
    if (!name(node)) faults.push(`no name: ${node.outerHTML.slice(0, 80)}`);
    const {height, width} = node.getBoundingClientRect();
    if (!node.matches('.command, .text a') && (height < 40 || width < 40)) faults.push(`small: ${name(node)} ${width}x${height}`);
  }
  for (const node of document.querySelectorAll('img')) if (!node.hasAttribute('alt')) faults.push('picture without alt');
  const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
  if (new Set(ids).size !== ids.length) faults.push('an id twice');
  if (document.documentElement.lang !== 'vi') faults.push('no language');
  if ([...document.querySelectorAll('h1')].filter(shown).length !== 1) faults.push('not one main heading');
  return faults;
}
