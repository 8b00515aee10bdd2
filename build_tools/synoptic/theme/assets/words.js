// The words that scripts show, in English. For a site in another language the build writes this file with its words. A
// page that speaks another language than its site brings its own.
const words = {}, form = number => Number(number !== 1);
const own = JSON.parse(document.querySelector("[data-words] script")?.textContent ?? "null");

// The forms of a page's own words are in the order of these categories, as far as its language has them.
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];
const choose = (forms, number) => {
  if (!own) return forms[form(number)];
  const category = new Intl.PluralRules(own.language).select(number);
  return forms[forms.length > 2 ? CATEGORIES.indexOf(category) : Number(category !== "one")];
};

const site = "en-GB";
/** The language of dates and lists that scripts write. */
export const language = own?.language ?? site;

const known = message => (own ? own.words : words)[message];
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

/** A message in the page's language, with values for its placeholders. */
export const gettext = (message, values = {}) => fill(known(message)?.[0] ?? message, values);

/** A message that depends on a number. */
export const ngettext = (one, many, num, values = {}) => fill(choose(known(one) ?? [one, many], num), {num, ...values});
