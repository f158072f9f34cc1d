// What is wrong on this page for somebody with a small screen, a thumb, tired eyes or a screen reader.
() => {
  const SMALLEST_TARGET = 44;
  const wrong = [];
  const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "")
    + (element.className ? "." + String(element.className).replace(/ /g, ".") : "")
    + " «" + element.textContent.trim().slice(0, 30) + "»";
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && box.width > 1 && box.height > 1 && box.right > 0;
  };

  // ------------------------------------------------------------ structure

  if (document.documentElement.lang !== "fr") wrong.push("lang is " + document.documentElement.lang);
  const titles = [...document.querySelectorAll("h1")];
  if (titles.length !== 1) wrong.push(titles.length + " h1");
  let level = 1;
  for (const heading of document.querySelectorAll("main :is(h1, h2, h3, h4, h5)")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) wrong.push("heading skips a level: " + name(heading));
    level = next;
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) wrong.push("id twice: " + id);
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!field.labels.length && !field.ariaLabel) wrong.push("no label: " + field.outerHTML.slice(0, 80));
  }
  for (const element of document.querySelectorAll("a, button, summary")) {
    if (!element.textContent.trim() && !element.ariaLabel) wrong.push("says nothing: " + element.outerHTML.slice(0, 80));
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].find((one) => shown(one) && one.getBoundingClientRect().right > innerWidth + 1);
    wrong.push("wider than the screen: " + (wide ? name(wide) : document.documentElement.scrollWidth));
  }

  // ------------------------------------------------------------ targets; a link within a sentence may be small

  for (const element of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")) {
    const target = element.matches("[type=checkbox], [type=radio]") && element.closest("label") || element;
    if (!shown(target) || element.closest(".skip")) continue;
    const inSentence = getComputedStyle(target).display === "inline"
      && [...target.parentElement.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const box = target.getBoundingClientRect();
    if (!inSentence && box.height < SMALLEST_TARGET - 0.5) wrong.push(`${Math.round(box.height)} px high: ${name(target)}`);
  }

  // ------------------------------------------------------------ contrast

  const colour = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
  };
  const over = (front, back) => front.rgb.map((part, at) => part * front.alpha + back[at] * (1 - front.alpha));
  const behind = (element) => {
    if (!element) return [255, 255, 255];
    const own = colour(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, behind(element.parentElement));
  };
  const light = (rgb) => rgb.map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(element) || !shown(element)) continue;
    seen.add(element);
    if (element.closest("script, noscript, svg, [disabled], .unseen, .skip")) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const pair = [light(over(colour(style.color), back)), light(back)].sort((one, two) => two - one);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) wrong.push(`contrast ${ratio.toFixed(1)}: ${name(element)}`);
  }
  return wrong;
}
