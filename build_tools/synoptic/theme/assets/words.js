// The words that scripts show, in English. For a site in another language the build writes this file with its words.
const words = {}, form = number => Number(number !== 1);

/** The language of dates and lists that scripts write. */
export const language = "en-GB";

const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

/** A message in the site's language, with values for its placeholders. */
export const gettext = (message, values = {}) => fill(words[message]?.[0] ?? message, values);

/** A message that depends on a number. */
export const ngettext = (one, many, num, values = {}) => fill((words[one] ?? [one, many])[form(num)], {num, ...values});
