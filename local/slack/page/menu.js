import { h } from "./dom.js";

/** @typedef {{label: string, note?: string, run: () => void}} MenuItem */

/**
 * A menu beside `anchor`: arrows move, Enter picks, Escape or a press elsewhere closes. It lives outside the message, so
 * that a message that changes meanwhile does not take it away.
 *
 * @param {HTMLElement} anchor
 * @param {MenuItem[]} items
 */
export function openMenu(anchor, items) {
  const menu = h(
    "div",
    { class: "menu", role: "menu", popover: "auto" },
    ...items.map((item) => menuItem(item, () => menu.hidePopover())),
  );
  menu.addEventListener("keydown", moveByArrows);
  menu.addEventListener("toggle", () => {
    if (menu.matches(":popover-open")) return;
    if (menu.contains(document.activeElement) || document.activeElement === document.body)
      anchor.focus();
    menu.remove();
    anchor.removeAttribute("aria-expanded");
  });
  (anchor.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  menu.querySelector("button")?.focus();
}

/** @param {MenuItem} item @param {() => void} close */
function menuItem(item, close) {
  return h(
    "button",
    {
      type: "button",
      role: "menuitem",
      class: "menu-item",
      onclick: () => {
        close();
        item.run();
      },
    },
    h("span", {}, item.label),
    item.note && h("small", {}, item.note),
  );
}

/** @param {KeyboardEvent} event */
function moveByArrows(event) {
  const menu = event.currentTarget;
  if (!(menu instanceof HTMLElement)) return;
  const items = [...menu.querySelectorAll("button")];
  const at = items.findIndex((item) => item.matches(":focus"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

/**
 * Below the anchor, or above it when the window ends; a phone shows it as a sheet (by CSS).
 *
 * @param {HTMLElement} menu
 * @param {HTMLElement} anchor
 */
function place(menu, anchor) {
  const by = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = by.bottom + 4 + height < window.innerHeight;
  menu.style.setProperty(
    "--menu-top",
    `${below ? by.bottom + 4 : Math.max(8, by.top - 4 - height)}px`,
  );
  menu.style.setProperty(
    "--menu-left",
    `${Math.max(8, Math.min(by.right - width, window.innerWidth - width - 8))}px`,
  );
}
